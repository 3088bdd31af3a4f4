import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { countConnections, type Postgres } from '../../src/postgres.ts';
import { figuresOf, medianOf } from '../../src/statistics.ts';
import type { Contestants, Goal, Row, Unit } from '../../src/suite.ts';
import { HOSTS, startPublished, type Surroundings } from './hosts.ts';

const run = promisify(execFile);
const IMPORTS = join(import.meta.dirname, '../../hosts/published/imports.js');

/** Starts of neighbouring rounds differ by a tenth, of which a median of few would keep too much. */
const ROUNDS = 11;
const GOALS: readonly Goal[] = [{ beside: 'backstage', atLeast: 2 }];

interface Sample {
  readonly readyAfter: number;
  readonly memory: number;
  readonly connections: number;
}

/** One round of a host. */
interface Round {
  /** On an empty database, where all migrations run. */
  readonly cold: Sample;
  /** On the same database again. */
  readonly warm: Sample;
  /** Milliseconds that it takes a process which does nothing else to load the plugins, as the host does. */
  readonly loading: number;
  /** The same in a process that has loaded what the host is made from: what both need is the host's then. */
  readonly adding: number;
}

/** What hosts are made from. */
const HOST_PACKAGES: Readonly<Record<keyof typeof HOSTS, string>> = {
  bulkhead: '@bulkhead/backend-defaults',
  backstage: '@backstage/backend-defaults',
};

/**
 * Starts the hosts in turn. The first round, which does not count, ends in an orderly way: what a host keeps on disk
 * for its next start is there then.
 */
export async function measureStarts(postgres: Postgres, surroundings: Surroundings): Promise<readonly Row[]> {
  let started = 0;
  const samples = await surroundings.bench.inTurn(ROUNDS, HOSTS, async (file, name): Promise<Round> => {
    const isFirst = started < Object.keys(HOSTS).length;
    const databaseUrl = await postgres.createDatabase(`${name}-start-${started++}`);
    const start = async (): Promise<Sample> => {
      await using host = await startPublished(file, databaseUrl, surroundings);
      const connections = await countConnections(databaseUrl);
      const sample = { readyAfter: host.readyAfter, memory: await host.memory(), connections };
      if (isFirst) await host.end();
      return sample;
    };
    return {
      cold: await start(),
      warm: await start(),
      loading: await loadingTime(surroundings, name),
      adding: await loadingTime(surroundings, name, HOST_PACKAGES[name]),
    };
  });
  const withoutLoading = (of: (round: Round) => Sample): Contestants<number[]> =>
    Object.fromEntries(
      Object.entries<readonly Round[]>(samples).map(([name, rounds]) => {
        const loading = medianOf(rounds.map((round) => round.loading));
        return [name, rounds.map((round) => of(round).readyAfter - loading)];
      }),
    );
  const row = (what: string, unit: Unit, of: (round: Round) => number): Row => {
    return { what, unit, rounds: figuresOf(samples, of) };
  };
  return [
    row('loading the plugins, bare process', 'ms', (round) => round.loading),
    row('loading the plugins, host loaded before', 'ms', (round) => round.adding),
    row('ready, empty database', 'ms', ({ cold }) => cold.readyAfter),
    {
      what: 'ready, empty database, without loading the plugins',
      unit: 'ms',
      rounds: withoutLoading(({ cold }) => cold),
      goals: GOALS,
    },
    row('ready, known database', 'ms', ({ warm }) => warm.readyAfter),
    {
      what: 'ready, known database, without loading the plugins',
      unit: 'ms',
      rounds: withoutLoading(({ warm }) => warm),
      goals: GOALS,
    },
    row('memory when ready', 'MiB', ({ warm }) => warm.memory),
    row('connections when ready', 'connections', ({ warm }) => warm.connections),
  ];
}

/**
 * As each host loads them: Bulkhead has Node.js keep compiled code on disk, and what that saves is not what a host costs.
 *
 * @param before - packages to load before it counts
 */
async function loadingTime({ env, codeCache }: Surroundings, name: string, ...before: string[]): Promise<number> {
  const { stdout } = await run(process.execPath, [IMPORTS, ...before], {
    env: {
      ...process.env,
      ...env,
      ...(name === 'bulkhead' && { NODE_COMPILE_CACHE: codeCache }),
      PORT: '0',
      NODE_ENV: 'production',
    },
  });
  return (JSON.parse(stdout) as { readonly milliseconds: number }).milliseconds;
}
