import { measureLoad, type LoadReport } from '../../src/load.ts';
import { countConnections, type Postgres } from '../../src/postgres.ts';
import { figuresOf, geometricMean } from '../../src/statistics.ts';
import type { Goal, Row, Samples, Unit } from '../../src/suite.ts';
import { fill } from './contents.ts';
import { HOSTS, startPublished, type PublishedHost, type Surroundings } from './hosts.ts';
import { requestOf, ROUTES } from './routes.ts';

const GOALS: readonly Goal[] = [{ beside: 'backstage', atLeast: 1.5 }];

const ROUNDS = 4;
const SECONDS = 1;

/** A host that is ready to be asked. */
interface Contestant {
  readonly host: PublishedHost;
  readonly databaseUrl: string;
  /** Of a user who has signed in. */
  readonly token: string;
}

/** What was measured of a route. */
interface Measured {
  readonly what: string;
  readonly samples: Samples<string, LoadReport>;
}

/** Puts the routes under load, one after the other, on both hosts in turn. */
export async function measureRoutes(postgres: Postgres, surroundings: Surroundings): Promise<readonly Row[]> {
  const { bench } = surroundings;
  await using stack = new AsyncDisposableStack();
  const start = async ([name, file]: [string, string]): Promise<[string, Contestant]> => {
    const databaseUrl = await postgres.createDatabase(`${name}-load`);
    const host = stack.use(await startPublished(file, databaseUrl, surroundings));
    return [name, { host, databaseUrl, token: await fill(host.url) }];
  };
  const contestants = Object.fromEntries(await Promise.all(Object.entries(bench.takingPart(HOSTS)).map(start)));
  const measured: Measured[] = [];
  for (const route of bench.isQuick ? ROUTES.filter((_, index) => index % 4 === 0) : ROUTES) {
    const samples = await bench.inTurn(ROUNDS, contestants, ({ host, token }) =>
      measureLoad(host, { ...requestOf(route, token), seconds: bench.seconds(SECONDS) }),
    );
    measured.push({ what: route.what, samples });
  }
  return [
    ...measured.map((route): Row => ({ ...rowOf(route, '/s', ({ perSecond }) => perSecond), goals: GOALS })),
    {
      what: 'all routes, geometric mean',
      unit: '/s',
      rounds: meansOf(measured, ({ perSecond }) => perSecond),
      goals: GOALS,
    },
    {
      what: 'all routes, for each second of processor time',
      unit: '/s',
      rounds: meansOf(measured, ({ perCpuSecond }) => perCpuSecond),
      goals: GOALS,
    },
    ...measured.flatMap((route) => detailsOf(route)),
    ...(await holdings(contestants)),
  ];
}

function rowOf({ what, samples }: Measured, unit: Unit, of: (report: LoadReport) => number): Row {
  return { what, unit, rounds: figuresOf(samples, of) };
}

/** How long a request took, and how much of that the host itself was at work. */
function detailsOf({ what, samples }: Measured): Row[] {
  return [
    { ...rowOf({ what: `${what}: p50`, samples }, 'ms', ({ latency }) => latency.p50), isDetail: true },
    { ...rowOf({ what: `${what}: p99`, samples }, 'ms', ({ latency }) => latency.p99), isDetail: true },
    {
      ...rowOf({ what: `${what}: processor time`, samples }, 'µs', ({ perCpuSecond }) => 1e6 / perCpuSecond),
      isDetail: true,
    },
  ];
}

/** The geometric mean over all routes for each round: its ratio is the mean of the routes' ratios. */
function meansOf(measured: readonly Measured[], of: (report: LoadReport) => number): Record<string, number[]> {
  const routes = measured.map(({ samples }) => figuresOf(samples, of));
  const names = Object.keys(routes[0] ?? {});
  const meanOf = (name: string, round: number): number => geometricMean(routes.map((route) => route[name]![round]!));
  return Object.fromEntries(names.map((name) => [name, routes[0]![name]!.map((_, round) => meanOf(name, round))]));
}

async function holdings(contestants: Readonly<Record<string, Contestant>>): Promise<Row[]> {
  const memory: Record<string, number[]> = {};
  const connections: Record<string, number[]> = {};
  for (const [name, { host, databaseUrl }] of Object.entries(contestants)) {
    memory[name] = [await host.memory()];
    connections[name] = [await countConnections(databaseUrl)];
  }
  return [
    { what: 'memory after the load', unit: 'MiB', rounds: memory },
    { what: 'connections after the load', unit: 'connections', rounds: connections },
  ];
}
