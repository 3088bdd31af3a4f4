import { freePort, startHost } from '../src/host-process.ts';
import { inTurn } from '../src/paired.ts';
import { startPostgres } from '../src/postgres.ts';
import { ratioOf, spreadOf } from '../src/statistics.ts';
import type { Row, Suite } from '../src/suite.ts';

/** Calls that are under way at the same time. */
const CONCURRENCY = 16;

/** One plugin calls another, with a token, through the client that is usual there; in one process and in two. */
export const pluginToPlugin: Suite = {
  name: 'plugin-to-plugin',
  question: 'How many calls a second does one plugin make to another?',
  async run({ quick }): Promise<readonly Row[]> {
    await using postgres = await startPostgres();
    const contestant = (name: string, isSplit: boolean) => async (): Promise<number> => {
      const databaseUrls = {
        caller: await postgres.createDatabase(`${name}-caller`),
        target: await postgres.createDatabase(`${name}-${isSplit ? 'target' : 'caller'}`),
      };
      return callsPerSecond({ file: `hosts/${name}/calls.js`, databaseUrls, isSplit, quick });
    };
    const samples = await inTurn(quick ? 1 : 5, {
      'bulkhead, one process': contestant('bulkhead', false),
      'backstage, one process': contestant('backstage', false),
      'bulkhead, two processes': contestant('bulkhead', true),
      'backstage, two processes': contestant('backstage', true),
    });
    const row = (processes: 'one process' | 'two processes', goal: string): Row => {
      const bulkhead = samples[`bulkhead, ${processes}`];
      const backstage = samples[`backstage, ${processes}`];
      return {
        what: `calls from plugin to plugin, ${processes}`,
        figures: {
          bulkhead: `${spreadOf(bulkhead).median.toFixed(0)}/s`,
          backstage: `${spreadOf(backstage).median.toFixed(0)}/s`,
        },
        ratio: ratioOf(bulkhead, backstage),
        goal,
      };
    };
    return [row('one process', '>= 10'), row('two processes', '>= 5')];
  },
};

interface CallsOptions {
  readonly file: string;
  readonly databaseUrls: Readonly<Record<'caller' | 'target', string>>;
  readonly isSplit: boolean;
  readonly quick: boolean;
}

async function callsPerSecond({ file, databaseUrls, isSplit, quick }: CallsOptions): Promise<number> {
  const ports = { caller: await freePort(), target: await freePort() };
  const start = (roles: string, port: number, databaseUrl: string) =>
    startHost({
      file,
      port,
      databaseUrl,
      env: { ROLES: roles, ...(isSplit && { PEERS: JSON.stringify(ports) }) },
    });
  await using target = isSplit ? await start('target', ports.target, databaseUrls.target) : undefined;
  await using caller = await start(isSplit ? 'caller' : 'target,caller', ports.caller, databaseUrls.caller);
  void target;
  const run = async (count: number): Promise<number> => {
    const response = await fetch(
      `http://127.0.0.1:${caller.port}/api/caller/calls?count=${count}&concurrency=${CONCURRENCY}`,
      // A later host may get the same port, and must not be sent requests on a connection of this one.
      { headers: { connection: 'close' } },
    );
    if (!response.ok) throw new Error(`${file} answered ${response.status}: ${await response.text()}`);
    const { seconds } = (await response.json()) as { readonly seconds: number };
    return count / seconds;
  };
  // As many calls as take about three seconds; the runs before let the compiler warm up.
  const rate = await run(quick ? 50 : 500);
  // Awaited here: the hosts end with this block.
  return await run(Math.ceil((await run(Math.ceil(rate))) * (quick ? 0.5 : 3)));
}
