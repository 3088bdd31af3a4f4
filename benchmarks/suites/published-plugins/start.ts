import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inTurn } from '../../src/paired.ts';
import { countConnections, type Postgres } from '../../src/postgres.ts';
import { ratioOf, spreadOf } from '../../src/statistics.ts';
import type { Row } from '../../src/suite.ts';
import { startPublished, type HostName, type Surroundings } from './hosts.ts';

const run = promisify(execFile);
const IMPORTS = join(import.meta.dirname, '../../hosts/published/imports.js');

interface Sample {
  readonly readyAfter: number;
  readonly memory: number;
  readonly connections: number;
}

/** What the start is measured with. */
export interface StartOptions {
  readonly postgres: Postgres;
  readonly surroundings: Surroundings;
  readonly rounds: number;
}

/**
 * Starts both hosts in turn: on a database that is empty, then on the same one again. What it costs to load the
 * plugins is measured in the same rounds, in a process that does nothing else. The first round, which does not count,
 * ends in an orderly way: what a host keeps on disk for its next start is there then.
 */
export async function measureStarts({ postgres, surroundings, rounds }: StartOptions): Promise<readonly Row[]> {
  const round: Record<HostName, number> = { bulkhead: 0, backstage: 0 };
  const start = (name: HostName, isCold: boolean) => async (): Promise<Sample> => {
    if (isCold) round[name]++;
    const databaseUrl = await postgres.createDatabase(`${name}-start-${round[name]}`);
    await using host = await startPublished(name, databaseUrl, surroundings);
    const sample = {
      readyAfter: host.readyAfter,
      memory: await host.memory(),
      connections: await countConnections(databaseUrl),
    };
    if (round[name] === 1) await host.end();
    return sample;
  };
  const imported: number[] = [];
  const samples = await inTurn(rounds, {
    'bulkhead, cold': start('bulkhead', true),
    'backstage, cold': start('backstage', true),
    'bulkhead, warm': start('bulkhead', false),
    'backstage, warm': async () => {
      imported.push(await importTime(surroundings));
      return start('backstage', false)();
    },
  });
  // The first round does not count here either.
  const loading = imported.slice(1);
  const rowsOf = (database: string, bulkhead: readonly Sample[], backstage: readonly Sample[]): Row[] => [
    rowOf(`sooner ready, ${database}`, timesOf(bulkhead), timesOf(backstage)),
    {
      ...rowOf(
        `sooner ready, ${database}, without loading the plugins`,
        minus(timesOf(bulkhead), loading),
        minus(timesOf(backstage), loading),
      ),
      goal: '>= 2',
    },
  ];
  return [
    { what: 'loading the plugins, bare process', figures: { 'either host': render(loading, 'ms') } },
    ...rowsOf('empty database', samples['bulkhead, cold'], samples['backstage, cold']),
    ...rowsOf('known database', samples['bulkhead, warm'], samples['backstage, warm']),
    ...holdings(samples['bulkhead, warm'], samples['backstage, warm']),
  ];
}

function holdings(bulkhead: readonly Sample[], backstage: readonly Sample[]): Row[] {
  const of = (samples: readonly Sample[], figure: 'memory' | 'connections'): number[] =>
    samples.map((sample) => sample[figure]);
  return [
    {
      what: 'memory when ready',
      figures: { bulkhead: render(of(bulkhead, 'memory'), 'MiB'), backstage: render(of(backstage, 'memory'), 'MiB') },
      ratio: ratioOf(of(bulkhead, 'memory'), of(backstage, 'memory')),
    },
    {
      what: 'connections when ready',
      figures: { bulkhead: render(of(bulkhead, 'connections')), backstage: render(of(backstage, 'connections')) },
      ratio: ratioOf(of(bulkhead, 'connections'), of(backstage, 'connections')),
    },
  ];
}

function rowOf(what: string, bulkhead: readonly number[], backstage: readonly number[]): Row {
  return {
    what,
    figures: { bulkhead: render(bulkhead, 'ms'), backstage: render(backstage, 'ms') },
    ratio: ratioOf(backstage, bulkhead),
  };
}

function timesOf(samples: readonly Sample[]): number[] {
  return samples.map(({ readyAfter }) => readyAfter);
}

function minus(values: readonly number[], others: readonly number[]): number[] {
  return values.map((value, index) => value - (others[index] ?? Number.NaN));
}

/** The median and, behind it, minimum and maximum. */
function render(values: readonly number[], unit = ''): string {
  const { min, median, max } = spreadOf(values);
  return `${median.toFixed(0)}${unit && ` ${unit}`} (${min.toFixed(0)} to ${max.toFixed(0)})`;
}

async function importTime({ env }: Surroundings): Promise<number> {
  const { stdout } = await run(process.execPath, [IMPORTS], {
    env: { ...process.env, ...env, PORT: '0', NODE_ENV: 'production' },
  });
  return (JSON.parse(stdout) as { readonly milliseconds: number }).milliseconds;
}
