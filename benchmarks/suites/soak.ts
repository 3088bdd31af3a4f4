import { setTimeout as delay } from 'node:timers/promises';
import { HEAP_PROBE, measureHeap, type Heap } from '../src/heap.ts';
import type { HostProcess } from '../src/host-process.ts';
import { LOAD_PROGRAM, type Counted, type LoadRequest } from '../src/load.ts';
import { CONNECTIONS, measureMixedLoad } from '../src/mixed-load.ts';
import { startPostgres } from '../src/postgres.ts';
import { slopeOf } from '../src/statistics.ts';
import type { Bench, Row, Suite } from '../src/suite.ts';
import { checkAnswer } from './application/answers.ts';
import { applications } from './application/hosts.ts';
import { EXPRESS, GET, GUARDED, POST, tokenOf, withToken } from './application/requests.ts';

const MILLION = 1_000_000;
const MILLIONS = 10;

/** Shows that the suite works. */
const QUICK_MILLIONS = 3;

/**
 * MiB by which a heap may differ after nine million requests. A pointer kept of each request would be 69 MiB, of every
 * sixtieth still more than this; what is compiled or cached meanwhile is less.
 */
const TOLERANCE = 1;

/** A fifth of the requests ask for what is not there. */
const UNKNOWN: LoadRequest = { path: '/api/target/nothing' };
const KINDS = 5;

/** What a host held once it had answered so many requests. */
interface Sample extends Heap {
  readonly answered: number;
  readonly resident: number;
}

/** Ten million requests of all kinds, and what is left of them. */
export const soak: Suite = {
  name: 'soak',
  question: 'Does the heap grow with the requests?',
  async run(bench): Promise<readonly Row[]> {
    if (LOAD_PROGRAM !== 'wrk') {
      console.error('wrk is not installed, without which this would take too long; left out');
      return [];
    }
    await using postgres = await startPostgres();
    const { bulkhead } = applications({ bulkhead: await postgres.createDatabase('bulkhead') });
    await using host = await bench.startHost({ ...bulkhead!, env: { ...bulkhead!.env, ...HEAP_PROBE } });
    const token = await tokenOf(host);
    const exchanges = [GET, POST, EXPRESS, withToken(GUARDED, token)];
    for (const exchange of exchanges) await checkAnswer('bulkhead', host, exchange);
    const samples = await soakHost(bench, host, [...exchanges.map(({ request }) => request), UNKNOWN]);
    return rowsOf(samples);
  },
};

/** Sends a million requests after the other, and looks at the heap after each. */
async function soakHost(bench: Bench, host: HostProcess, requests: readonly LoadRequest[]): Promise<Sample[]> {
  const samples: Sample[] = [];
  let answered = 0;
  let perSecond = 0;
  for (let million = 1; million <= (bench.isQuick ? QUICK_MILLIONS : MILLIONS); million++) {
    const goal = bench.count(million * MILLION);
    while (answered < goal) {
      const seconds = Math.max(1, Math.min(10, Math.ceil((goal - answered) / (perSecond || Infinity))));
      const counted = await measureMixedLoad({ port: host.port, seconds, requests });
      if (!isExpected(counted)) {
        throw new Error(`Of ${counted.answered} requests ${counted.failed} failed, ${counted.brokenOff} broke off`);
      }
      answered += counted.answered;
      ({ perSecond } = counted);
    }
    // The connections have ended, and the log is written.
    await delay(1_000);
    const resident = await host.memory();
    samples.push({ answered, resident, ...(await measureHeap(host)) });
  }
  return samples;
}

/** Whether only those have failed that were to. Of the last ones, under way when the time is up, it may be any. */
function isExpected({ answered, failed, brokenOff }: Counted): boolean {
  return brokenOff === 0 && Math.abs(failed - answered / KINDS) <= CONNECTIONS;
}

function rowsOf(samples: readonly Sample[]): Row[] {
  const [first, last] = [samples[0]!, samples.at(-1)!];
  const slope = slopeOf(samples.map(({ answered, used }) => [answered / MILLION, used]));
  const each = (what: string, of: (sample: Sample) => number): Row => {
    return { what: `${what} after each million`, unit: 'MiB', rounds: { bulkhead: samples.map(of) }, isDetail: true };
  };
  return [
    {
      what: 'growth of the heap after the first of ten million requests',
      unit: 'MiB',
      rounds: { bulkhead: [last.used - first.used] },
      goals: [{ atMost: TOLERANCE }],
    },
    { what: 'growth for each million, by regression', unit: 'MiB', rounds: { bulkhead: [slope] } },
    each('heap', ({ used }) => used),
    each('buffers', ({ external }) => external),
    each('resident memory, garbage included,', ({ resident }) => resident),
  ];
}
