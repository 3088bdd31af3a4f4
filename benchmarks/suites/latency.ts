import { measureLoad, type LoadTarget } from '../src/load.ts';
import { hasNginx, startNginx } from '../src/nginx.ts';
import { measurePacedLoad, type PacedLoadReport } from '../src/paced-load.ts';
import { startPostgres } from '../src/postgres.ts';
import { hostsOn, reserveCore } from '../src/reserved-core.ts';
import { figuresOf, medianOf } from '../src/statistics.ts';
import type { Row, Samples, Suite } from '../src/suite.ts';
import { checkAnswer } from './application/answers.ts';
import { applications, INSTALLS, PEERS } from './application/hosts.ts';
import { GET } from './application/requests.ts';

const ROUNDS = 5;

/** Short enough for most parts of a round to have none of what a machine does now and then, and long enough for thousands of answers. */
const SECONDS_PER_SLICE = 0.5;

/** Requests that the load itself can send each second at even distances. */
const MOST_PER_SECOND = 40_000;

interface Sample extends PacedLoadReport {
  /** Requests per second under as much load as the contestant bears. */
  readonly maximum: number;
}

/** How long an answer takes while there is time for it: at half of the load that the host bears, found in the same round. */
export const latency: Suite = {
  name: 'latency',
  question: 'How long do answers take at half of the load that a host bears?',
  peers: [...PEERS, 'nginx'],
  installs: INSTALLS,
  async run(bench): Promise<readonly Row[]> {
    await using reserved = await reserveCore();
    await using postgres = await startPostgres();
    const backstage = await postgres.createDatabase('backstage');
    await using started = await bench.startHosts(hostsOn(reserved, applications({ backstage })));
    for (const [name, host] of Object.entries(started.hosts)) {
      await checkAnswer(name, host, GET);
      host.dropOutput();
    }
    // Answers without doing anything: what the machine and the load add to the latencies of all.
    await using nginx = hasNginx() ? await startNginx({ answer: GET.body }, reserved.core) : undefined;
    const contestants = bench.takingPart<LoadTarget>({ ...started.hosts, ...(nginx && { nginx }) });
    const samples = await bench.inTurn(ROUNDS, contestants, async (contestant): Promise<Sample> => {
      const { perSecond: maximum } = await measureLoad(contestant, { ...GET.request, seconds: bench.seconds(1) });
      const perSecond = Math.min(maximum / 2, MOST_PER_SECOND);
      const slices = bench.seconds(3) / SECONDS_PER_SLICE;
      const load = {
        ...GET.request,
        perSecond,
        warmUpSeconds: bench.seconds(2),
        slices,
        secondsPerSlice: SECONDS_PER_SLICE,
      };
      return { maximum, ...(await measurePacedLoad(contestant, load)) };
    });
    return rowsOf(samples);
  },
};

function rowsOf(samples: Samples<string, Sample>): Row[] {
  return [
    {
      what: 'p99 of the latency beside its median',
      unit: '×',
      rounds: figuresOf(samples, ({ latency }) => latency.p99 / latency.p50),
      goals: [{ atMost: 3 }],
    },
    {
      what: 'the same of half a second, as it mostly is',
      unit: '×',
      rounds: figuresOf(samples, ({ slices }) => medianOf(slices.map(({ p50, p99 }) => p99 / p50))),
    },
    { what: 'median', unit: 'ms', rounds: figuresOf(samples, ({ latency }) => latency.p50) },
    { what: 'p99', unit: 'ms', rounds: figuresOf(samples, ({ latency }) => latency.p99) },
    {
      what: 'p99 of half a second, as it mostly is',
      unit: 'ms',
      rounds: figuresOf(samples, ({ slices }) => medianOf(slices.map(({ p99 }) => p99))),
    },
    { what: 'load at the most', unit: '/s', rounds: figuresOf(samples, ({ maximum }) => maximum) },
  ];
}
