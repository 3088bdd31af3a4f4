import { measureLoad } from '../src/load.ts';
import type { Row, Suite } from '../src/suite.ts';

const FILE = 'hosts/bulkhead/host.js';

/** Whether the number of plugins shows in the start and in a request. */
export const manyPlugins: Suite = {
  name: 'many-plugins',
  question: 'Does the start grow in line with the plugins, and a request not at all?',
  async run(bench): Promise<readonly Row[]> {
    const sizes = { one: 1, thousand: 1_000, fiveThousand: 5_000 };
    const starts = await bench.inTurn(5, sizes, async (plugins) => {
      await using host = await bench.startHost({ file: FILE, plugins });
      return host.readyAfter;
    });
    const perPlugin = (counted: readonly number[], plugins: number): number[] =>
      counted.map((ready, round) => (ready - (starts.one[round] ?? 0)) / (plugins - 1));

    await using crowd = await bench.startHost({ file: FILE, plugins: 1_000 });
    await using single = await bench.startHost({ file: FILE, plugins: 1 });
    const asked = {
      last: { host: crowd, path: '/api/plugin999/ping' },
      only: { host: single, path: '/api/plugin0/ping' },
    };
    const rates = await bench.inTurn(5, asked, async ({ host, path }) => {
      return (await measureLoad(host, { path, seconds: bench.seconds(5) })).perSecond;
    });
    return [
      {
        what: 'start of a further plugin among 1,000',
        unit: 'ms',
        rounds: { bulkhead: perPlugin(starts.thousand, 1_000) },
        goals: [{ atMost: 0.3 }],
      },
      {
        what: 'start of a further plugin among 5,000',
        unit: 'ms',
        rounds: { bulkhead: perPlugin(starts.fiveThousand, 5_000) },
        goals: [{ atMost: 0.3 }],
      },
      {
        what: 'requests to the last of 1,000 plugins, and to the only one',
        unit: '/s',
        rounds: { 'last of 1,000': rates.last, 'only one': rates.only },
        goals: [{ beside: 'only one', atLeast: 0.97 }],
      },
    ];
  },
};
