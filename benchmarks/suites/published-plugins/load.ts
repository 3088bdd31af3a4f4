import type { HostProcess } from '../../src/host-process.ts';
import { measureLoad, type LoadReport } from '../../src/load.ts';
import { inTurn } from '../../src/paired.ts';
import { countConnections, type Postgres } from '../../src/postgres.ts';
import { cpuSeconds } from '../../src/process-time.ts';
import { geometricMean, ratioOf, spreadOf } from '../../src/statistics.ts';
import type { Row } from '../../src/suite.ts';
import { fill } from './contents.ts';
import { startPublished, type HostName, type Surroundings } from './hosts.ts';
import { requestOf, ROUTES, type Route } from './routes.ts';

const GOAL = '>= 1.5';

/** One round on one route. */
interface Round extends LoadReport {
  /** Requests for each second of processor time that the host has used, PostgreSQL and the load not counted. */
  readonly perCpuSecond: number;
}

type Rounds = Readonly<Record<HostName, readonly Round[]>>;

/** What the load is measured with. */
export interface LoadOptions {
  readonly postgres: Postgres;
  readonly surroundings: Surroundings;
  readonly rounds: number;
  /** How long each round lasts. */
  readonly seconds: number;
}

/** Puts the routes under load, one after the other, on both hosts in turn. */
export async function measureRoutes({ postgres, surroundings, rounds, seconds }: LoadOptions): Promise<readonly Row[]> {
  const databases = {
    bulkhead: await postgres.createDatabase('bulkhead-load'),
    backstage: await postgres.createDatabase('backstage-load'),
  };
  await using bulkhead = await startPublished('bulkhead', databases.bulkhead, surroundings);
  await using backstage = await startPublished('backstage', databases.backstage, surroundings);
  const hosts = { bulkhead, backstage };
  const tokens = { bulkhead: await fill(bulkhead.url), backstage: await fill(backstage.url) };
  const measured: { readonly route: Route; readonly of: Rounds }[] = [];
  for (const route of ROUTES) {
    const contestant = (name: HostName) => () =>
      measure(hosts[name], { url: `${hosts[name].url}${route.path}`, seconds, token: tokens[name], route });
    const of = await inTurn(rounds, { bulkhead: contestant('bulkhead'), backstage: contestant('backstage') });
    measured.push({ route, of });
  }
  const memory = { bulkhead: await bulkhead.memory(), backstage: await backstage.memory() };
  const connections = {
    bulkhead: await countConnections(databases.bulkhead),
    backstage: await countConnections(databases.backstage),
  };
  return [
    ...measured.map(({ route, of }) => routeRow(route, of)),
    meanRow('all routes, geometric mean', measured, ({ perSecond }) => perSecond),
    meanRow('all routes, per second of processor time', measured, ({ perCpuSecond }) => perCpuSecond),
    afterLoad('memory after the load', memory, 'MiB'),
    afterLoad('connections after the load', connections, ''),
  ];
}

interface MeasureOptions {
  readonly url: string;
  readonly seconds: number;
  readonly token: string;
  readonly route: Route;
}

async function measure({ pid }: HostProcess, { url, seconds, token, route }: MeasureOptions): Promise<Round> {
  const before = await cpuSeconds(pid);
  const report = await measureLoad(url, seconds, requestOf(route, token));
  return { ...report, perCpuSecond: report.total / ((await cpuSeconds(pid)) - before) };
}

function routeRow({ what }: Route, { bulkhead, backstage }: Rounds): Row {
  const perSecond = (rounds: readonly Round[]): number[] => rounds.map((round) => round.perSecond);
  return {
    what,
    figures: { bulkhead: describe(bulkhead), backstage: describe(backstage) },
    ratio: ratioOf(perSecond(bulkhead), perSecond(backstage)),
    goal: GOAL,
  };
}

/** Requests per second, how long each took, and how much of that the host itself was at work. */
function describe(rounds: readonly Round[]): string {
  const { min, median, max } = spreadOf(rounds.map(({ perSecond }) => perSecond));
  const p50 = spreadOf(rounds.map(({ latency }) => latency.p50)).median;
  const p99 = spreadOf(rounds.map(({ latency }) => latency.p99)).median;
  const cpu = 1e6 / spreadOf(rounds.map(({ perCpuSecond }) => perCpuSecond)).median;
  const time = `p50 ${p50} ms, p99 ${p99} ms, processor ${cpu.toFixed(0)} µs`;
  return `${median.toFixed(0)}/s (${min.toFixed(0)} to ${max.toFixed(0)}; ${time})`;
}

/** The mean of the routes' ratios, for each round. */
function meanRow(what: string, measured: readonly { readonly of: Rounds }[], of: (round: Round) => number): Row {
  const rounds = measured[0]?.of.bulkhead ?? [];
  const means = rounds.map((_, index) =>
    geometricMean(measured.map(({ of: { bulkhead, backstage } }) => of(bulkhead[index]!) / of(backstage[index]!))),
  );
  return { what, figures: {}, ratio: spreadOf(means), goal: GOAL };
}

function afterLoad(what: string, of: Readonly<Record<HostName, number>>, unit: string): Row {
  const render = (value: number): string => `${value.toFixed(0)} ${unit}`.trimEnd();
  return {
    what,
    figures: { bulkhead: render(of.bulkhead), backstage: render(of.backstage) },
    ratio: spreadOf([of.bulkhead / of.backstage]),
  };
}
