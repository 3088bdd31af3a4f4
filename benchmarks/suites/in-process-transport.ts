import type { Row, Suite } from '../src/suite.ts';

/** What a request costs that need not leave the process. */
export const inProcessTransport: Suite = {
  name: 'in-process-transport',
  question:
    'How many requests a second does a process answer to itself, over TCP, over streams in memory, and directly?',
  async run(bench): Promise<readonly Row[]> {
    await using host = await bench.startHost({ file: 'hosts/transports/transports.js' });
    const count = bench.count(20_000);
    const transports = { directly: 'direct', 'undici over streams in memory': 'streams', 'undici over TCP': 'tcp' };
    const rounds = await bench.inTurn(5, transports, async (transport) => {
      const response = await fetch(`http://127.0.0.1:${host.port}/measure?transport=${transport}&count=${count}`);
      const { seconds } = (await response.json()) as { readonly seconds: number };
      return count / seconds;
    });
    return [{ what: 'requests of a process to itself', unit: '/s', rounds }];
  },
};
