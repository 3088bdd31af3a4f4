import { startHost } from '../src/host-process.ts';
import { requestsPerSecond } from '../src/load.ts';
import { inTurn } from '../src/paired.ts';
import { ratioOf, spreadOf } from '../src/statistics.ts';
import type { Row, Suite } from '../src/suite.ts';

const FILE = 'hosts/bulkhead/host.js';

/** Whether the number of plugins shows in the start and in a request. */
export const manyPlugins: Suite = {
  name: 'many-plugins',
  question: 'Does the start grow in line with the plugins, and a request not at all?',
  async run({ quick }): Promise<readonly Row[]> {
    const readyAfter = async (plugins: number): Promise<number> => {
      await using host = await startHost({ file: FILE, plugins });
      return host.readyAfter;
    };
    const starts = await inTurn(quick ? 1 : 5, {
      one: () => readyAfter(1),
      thousand: () => readyAfter(1_000),
      fiveThousand: () => readyAfter(5_000),
    });
    const perPlugin = (counted: readonly number[], plugins: number): number =>
      spreadOf(counted.map((ready, round) => (ready - (starts.one[round] ?? 0)) / (plugins - 1))).median;

    await using single = await startHost({ file: FILE, plugins: 1 });
    await using crowd = await startHost({ file: FILE, plugins: 1_000 });
    const load = (port: number, last: number): Promise<number> =>
      requestsPerSecond(`http://127.0.0.1:${port}/api/plugin${last}/ping`, quick ? 1 : 5);
    const rates = await inTurn(quick ? 1 : 5, {
      last: () => load(crowd.port, 999),
      only: () => load(single.port, 0),
    });
    return [
      {
        what: 'start of a further plugin',
        figures: {
          'among 1,000': `${perPlugin(starts.thousand, 1_000).toFixed(3)} ms`,
          'among 5,000': `${perPlugin(starts.fiveThousand, 5_000).toFixed(3)} ms`,
        },
        goal: 'linear, < 0.3 ms',
      },
      {
        what: 'requests to the last of 1,000 plugins against the only one',
        figures: {
          last: `${spreadOf(rates.last).median.toFixed(0)}/s`,
          only: `${spreadOf(rates.only).median.toFixed(0)}/s`,
        },
        ratio: ratioOf(rates.last, rates.only),
        goal: '>= 0.97',
      },
    ];
  },
};
