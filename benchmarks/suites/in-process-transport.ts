import { startHost } from '../src/host-process.ts';
import { inTurn } from '../src/paired.ts';
import { ratioOf, spreadOf } from '../src/statistics.ts';
import type { Row, Suite } from '../src/suite.ts';

/** What a request costs that need not leave the process. */
export const inProcessTransport: Suite = {
  name: 'in-process-transport',
  question:
    'How many requests a second does a process answer to itself, over TCP, over streams in memory, and directly?',
  async run({ quick }): Promise<readonly Row[]> {
    await using host = await startHost({ file: 'hosts/transports/transports.js' });
    const perSecond = (transport: string) => async (): Promise<number> => {
      const count = quick ? 500 : 20_000;
      const response = await fetch(`http://127.0.0.1:${host.port}/measure?transport=${transport}&count=${count}`);
      const { seconds } = (await response.json()) as { readonly seconds: number };
      return count / seconds;
    };
    const samples = await inTurn(quick ? 1 : 5, {
      tcp: perSecond('tcp'),
      streams: perSecond('streams'),
      direct: perSecond('direct'),
    });
    const row = (what: string, other: readonly number[]): Row => ({
      what,
      figures: {
        direct: `${spreadOf(samples.direct).median.toFixed(0)}/s`,
        other: `${spreadOf(other).median.toFixed(0)}/s`,
      },
      ratio: ratioOf(samples.direct, other),
    });
    return [
      row('directly, beside undici over TCP', samples.tcp),
      row('directly, beside undici over streams in memory', samples.streams),
    ];
  },
};
