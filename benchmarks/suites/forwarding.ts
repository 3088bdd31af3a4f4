import { startHost } from '../src/host-process.ts';
import { ensureInstalled } from '../src/install.ts';
import { measureLoad } from '../src/load.ts';
import { hasNginx, startNginx } from '../src/nginx.ts';
import { inTurn } from '../src/paired.ts';
import { cpuSeconds } from '../src/process-time.ts';
import { ratioOf, spreadOf } from '../src/statistics.ts';
import type { Row, Suite } from '../src/suite.ts';

/** What a proxy did in one round. */
interface Round {
  readonly perSecond: number;
  /** Requests for each second of processor time that the proxy alone has used. */
  readonly perCpuSecond: number;
}

/** Something that forwards. */
interface Contestant {
  readonly port: number;
  readonly pid: number;
}

/** Goals against the two others; both are about many small requests. */
const GOALS: Readonly<Record<string, string>> = { fastify: '>= 2', nginx: '>= 0.4' };

/** How fast a process sends requests on to another one. */
export const forwarding: Suite = {
  name: 'forwarding',
  question: 'How many requests does a process forward? Beside @fastify/http-proxy and nginx with one worker.',
  async run({ quick }): Promise<readonly Row[]> {
    ensureInstalled('hosts/fastify-proxy');
    await using upstream = await startHost({ file: 'hosts/upstream.js' });
    const env = { UPSTREAM: `http://127.0.0.1:${upstream.port}` };
    await using bulkhead = await startHost({ file: 'hosts/bulkhead/forwarder.js', env });
    await using fastify = await startHost({ file: 'hosts/fastify-proxy/proxy.js', env });
    await using nginx = hasNginx() ? await startNginx(upstream.port) : undefined;
    if (!nginx) console.error('nginx is not installed; the comparison with it is left out');
    const contestants = { bulkhead, fastify, ...(nginx && { nginx }) };
    const rows: Row[] = [];
    for (const [what, path] of [
      ['small GET', '/api/files/small'],
      ['GET of 64 KB', '/api/files/large'],
    ] as const) {
      rows.push(...(await compare(what, path, { contestants, quick })));
    }
    return rows;
  },
};

async function compare(
  what: string,
  path: string,
  { contestants, quick }: { contestants: Readonly<Record<string, Contestant>>; quick: boolean },
): Promise<Row[]> {
  const measurements = Object.fromEntries(
    Object.entries(contestants).map(([name, contestant]) => [name, () => measure(contestant, path, quick ? 1 : 5)]),
  );
  const rounds = await inTurn(quick ? 1 : 7, measurements);
  const others = Object.keys(contestants).filter((name) => name !== 'bulkhead');
  const isSmall = what === 'small GET';
  return others.flatMap((name) => [
    rowOf(`${what}, per second`, name, rounds, { of: ({ perSecond }) => perSecond, hasGoal: isSmall }),
    rowOf(`${what}, per second of processor time`, name, rounds, {
      of: ({ perCpuSecond }) => perCpuSecond,
      hasGoal: isSmall,
    }),
  ]);
}

function rowOf(
  what: string,
  other: string,
  rounds: Readonly<Record<string, readonly Round[]>>,
  { of, hasGoal }: { of: (round: Round) => number; hasGoal: boolean },
): Row {
  const ours = rounds.bulkhead!.map(of);
  const theirs = rounds[other]!.map(of);
  return {
    what,
    figures: { bulkhead: spreadOf(ours).median.toFixed(0), [other]: spreadOf(theirs).median.toFixed(0) },
    ratio: ratioOf(ours, theirs),
    goal: hasGoal ? GOALS[other] : undefined,
  };
}

async function measure({ port, pid }: Contestant, path: string, seconds: number): Promise<Round> {
  const before = await cpuSeconds(pid);
  const { perSecond, total } = await measureLoad(`http://127.0.0.1:${port}${path}`, seconds);
  return { perSecond, perCpuSecond: total / ((await cpuSeconds(pid)) - before) };
}
