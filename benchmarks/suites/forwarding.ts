import { measureLoad, type LoadTarget } from '../src/load.ts';
import { hasNginx, startNginx } from '../src/nginx.ts';
import { hostsOn, reserveCore } from '../src/reserved-core.ts';
import { figuresOf } from '../src/statistics.ts';
import type { Contestants, Goal, Row, Suite } from '../src/suite.ts';

/** Both are about many small requests. */
const GOALS: readonly Goal[] = [
  { beside: 'fastify', atLeast: 2 },
  { beside: 'nginx', atLeast: 0.4 },
];

const ROUNDS = 11;

const ROUTES = [
  { what: 'small GET', path: '/api/files/small', goals: GOALS },
  { what: 'GET of 64 KB', path: '/api/files/large', goals: [] },
];

/** How fast a process sends requests on to another one. */
export const forwarding: Suite = {
  name: 'forwarding',
  question: 'How many requests does a process forward? Beside @fastify/http-proxy and nginx with one worker.',
  peers: ['fastify', 'nginx'],
  installs: ['fastify-proxy'],
  async run(bench): Promise<readonly Row[]> {
    await using reserved = await reserveCore();
    await using upstream = await bench.startHost({ file: 'hosts/upstream.js' });
    const env = { UPSTREAM: `http://127.0.0.1:${upstream.port}` };
    const hosts = {
      bulkhead: { file: 'hosts/bulkhead/forwarder.js', env },
      fastify: { file: 'hosts/fastify-proxy/proxy.js', env },
    };
    await using proxies = await bench.startHosts(hostsOn(reserved, hosts));
    await using nginx = hasNginx() ? await startNginx({ forwardTo: upstream.port }, reserved.core) : undefined;
    if (!nginx) console.error('nginx is not installed; the comparison with it is left out');
    const contestants: Contestants<LoadTarget> = { ...proxies.hosts, ...(nginx && { nginx }) };
    const rows: Row[] = [];
    for (const { what, path, goals } of ROUTES) {
      const samples = await bench.inTurn(ROUNDS, contestants, (proxy) =>
        measureLoad(proxy, { path, seconds: bench.seconds(2) }),
      );
      rows.push(
        { what, unit: '/s', rounds: figuresOf(samples, ({ perSecond }) => perSecond), goals },
        {
          what: `${what}, for each second of processor time`,
          unit: '/s',
          rounds: figuresOf(samples, ({ perCpuSecond }) => perCpuSecond),
          goals,
        },
      );
    }
    return rows;
  },
};
