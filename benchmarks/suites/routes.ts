import { measureLoad } from '../src/load.ts';
import { startPostgres } from '../src/postgres.ts';
import { hostsOn, reserveCore } from '../src/reserved-core.ts';
import { figuresOf } from '../src/statistics.ts';
import type { Contestants, Bench, Goal, Row, Suite } from '../src/suite.ts';
import type { HostProcess } from '../src/host-process.ts';
import { checkAnswer } from './application/answers.ts';
import { applications, INSTALLS, PEERS } from './application/hosts.ts';
import { EXPRESS, GET, GUARDED, POST, tokenOf, withToken, type Exchange } from './application/requests.ts';

/** Many short ones: those that are compared are neighbours, and the speed of a machine drifts. */
const ROUNDS = 11;
const SECONDS = 1;

/** A route, who is asked, and what should come of it. */
interface Route {
  readonly what: string;
  readonly exchange: Exchange;
  /** Who has the route. Default: everybody. */
  readonly peers?: readonly string[];
  /** Whether it takes a token, which hosts that know tokens issue. */
  readonly takesToken?: boolean;
  readonly goals: readonly Goal[];
}

const ROUTES: readonly Route[] = [
  {
    what: 'contract route, GET',
    exchange: GET,
    goals: [
      { beside: 'node:http', atLeast: 0.65 },
      { beside: 'fastify', atLeast: 1 },
      { beside: 'backstage', atLeast: 8 },
    ],
  },
  {
    what: 'contract route, GET with the token of a plugin',
    exchange: GUARDED,
    peers: ['node:http', 'backstage'],
    takesToken: true,
    goals: [
      { beside: 'node:http', atLeast: 0.5 },
      { beside: 'backstage', atLeast: 10 },
    ],
  },
  {
    what: 'contract route, POST of 1 KB',
    exchange: POST,
    goals: [{ beside: 'fastify', atLeast: 1 }],
  },
  {
    what: 'Express route',
    exchange: EXPRESS,
    peers: ['express', 'backstage'],
    goals: [
      { beside: 'express', atLeast: 0.9 },
      { beside: 'backstage', atLeast: 3 },
    ],
  },
];

/** One application on all hosts, with everything that they do by default. */
export const routes: Suite = {
  name: 'routes',
  question: 'How many requests does a host answer? Beside node:http, Fastify, Express, NestJS and Backstage.',
  peers: PEERS,
  installs: INSTALLS,
  async run(bench): Promise<readonly Row[]> {
    await using reserved = await reserveCore();
    await using postgres = await startPostgres();
    const databaseUrls = {
      bulkhead: await postgres.createDatabase('bulkhead'),
      backstage: await postgres.createDatabase('backstage'),
    };
    await using started = await bench.startHosts(hostsOn(reserved, applications(databaseUrls)));
    const rows: Row[] = [];
    for (const route of ROUTES) rows.push(...(await measureRoute(bench, route, started.hosts)));
    return rows;
  },
};

async function measureRoute(bench: Bench, route: Route, hosts: Contestants<HostProcess>): Promise<Row[]> {
  const { what, peers = PEERS, goals } = route;
  const contestants = Object.fromEntries(
    await Promise.all(
      Object.entries(hosts)
        .filter(([name]) => name === 'bulkhead' || peers.includes(name))
        .map(async ([name, host]) => [name, { host, exchange: await exchangeFor(route, name, host) }] as const),
    ),
  );
  for (const [name, { host, exchange }] of Object.entries(contestants)) await checkAnswer(name, host, exchange);
  const samples = await bench.inTurn(ROUNDS, contestants, ({ host, exchange: { request } }) =>
    measureLoad(host, { ...request, seconds: bench.seconds(SECONDS) }),
  );
  return [
    { what, unit: '/s', rounds: figuresOf(samples, ({ perSecond }) => perSecond), goals },
    {
      what: `${what}, for each second of processor time`,
      unit: '/s',
      rounds: figuresOf(samples, ({ perCpuSecond }) => perCpuSecond),
      goals,
    },
  ];
}

/** One token for many requests, as the cache of a caller has it. node:http knows none, and reads past the same header. */
async function exchangeFor(route: Route, name: string, host: HostProcess): Promise<Exchange> {
  const { exchange, takesToken = false } = route;
  if (!takesToken) return exchange;
  if (name === 'node:http') return withToken(GET, 'x'.repeat(294));
  return withToken(exchange, await tokenOf(host));
}
