import { HEAP_PROBE, measureHeap } from '../src/heap.ts';
import { measureLoad } from '../src/load.ts';
import type { Row, Suite } from '../src/suite.ts';

const FILE = 'hosts/bulkhead/host.js';

/** In a MiB. */
const MEGABYTES = 2 ** 20 / 1e6;

const SIZES = { one: 1, thousand: 1_000, fiveThousand: 5_000 };

/** What a host with some plugins costs. */
interface Sample {
  readonly readyAfter: number;
  readonly memory: number;
  /** What of that is JavaScript's heap, without garbage. */
  readonly heap: number;
}

/** Whether the number of plugins shows in the start, in memory and in a request. */
export const manyPlugins: Suite = {
  name: 'many-plugins',
  question: 'Do start and memory grow in line with the plugins, and a request not at all?',
  async run(bench): Promise<readonly Row[]> {
    const starts = await bench.inTurn(5, SIZES, async (plugins): Promise<Sample> => {
      await using host = await bench.startHost({ file: FILE, plugins, env: HEAP_PROBE });
      const { readyAfter } = host;
      const memory = await host.memory();
      return { readyAfter, memory, heap: (await measureHeap(host)).used };
    });
    const furtherPlugin = (what: string, of: (sample: Sample) => number, row: Pick<Row, 'unit' | 'goals'>): Row[] =>
      (['thousand', 'fiveThousand'] as const).map((size) => ({
        ...row,
        what: `${what} of a further plugin among ${SIZES[size].toLocaleString('en')}`,
        rounds: {
          bulkhead: starts[size].map((sample, round) => (of(sample) - of(starts.one[round]!)) / (SIZES[size] - 1)),
        },
      }));

    await using crowd = await bench.startHost({ file: FILE, plugins: SIZES.thousand });
    await using single = await bench.startHost({ file: FILE, plugins: SIZES.one });
    const asked = {
      last: { host: crowd, path: '/api/plugin999/ping' },
      only: { host: single, path: '/api/plugin0/ping' },
    };
    const rates = await bench.inTurn(7, asked, ({ host, path }) =>
      measureLoad(host, { path, seconds: bench.seconds(3) }),
    );
    return [
      ...furtherPlugin('start', ({ readyAfter }) => readyAfter, { unit: 'ms', goals: [{ atMost: 0.3 }] }),
      ...furtherPlugin('memory', ({ memory }) => memory * MEGABYTES, { unit: 'MB', goals: [{ atMost: 0.15 }] }),
      ...furtherPlugin('heap', ({ heap }) => heap * MEGABYTES, { unit: 'MB' }),
      {
        what: 'requests to the last of 1,000 plugins, and to the only one',
        unit: '/s',
        rounds: {
          'last of 1,000': rates.last.map(({ perSecond }) => perSecond),
          'only one': rates.only.map(({ perSecond }) => perSecond),
        },
        goals: [{ beside: 'only one', atLeast: 0.97 }],
      },
      {
        what: 'requests to the last of 1,000 plugins, and to the only one, for each second of processor time',
        unit: '/s',
        rounds: {
          'last of 1,000': rates.last.map(({ perCpuSecond }) => perCpuSecond),
          'only one': rates.only.map(({ perCpuSecond }) => perCpuSecond),
        },
        goals: [{ beside: 'only one', atLeast: 0.97 }],
      },
    ];
  },
};
