import { freePort } from '../src/host-process.ts';
import { startPostgres } from '../src/postgres.ts';
import type { Bench, Row, Suite } from '../src/suite.ts';

/** Calls that are under way at the same time. */
const CONCURRENCY = 16;

/** One plugin calls another, with a token, through the client that is usual there; in one process and in two. */
export const pluginToPlugin: Suite = {
  name: 'plugin-to-plugin',
  question: 'How many calls a second does one plugin make to another?',
  peers: ['backstage'],
  installs: ['backstage'],
  async run(bench): Promise<readonly Row[]> {
    await using postgres = await startPostgres();
    const files = { bulkhead: 'hosts/bulkhead/calls.js', backstage: 'hosts/backstage/calls.js' };
    const measure = (isSplit: boolean) =>
      bench.inTurn(5, files, async (file, name) => {
        const databaseUrls = {
          caller: await postgres.createDatabase(`${name}-caller`),
          target: await postgres.createDatabase(`${name}-${isSplit ? 'target' : 'caller'}`),
        };
        return callsPerSecond(bench, { file, databaseUrls, isSplit });
      });
    return [
      {
        what: 'calls from plugin to plugin, one process',
        unit: '/s',
        rounds: await measure(false),
        goals: [{ beside: 'backstage', atLeast: 10 }],
      },
      {
        what: 'calls from plugin to plugin, two processes',
        unit: '/s',
        rounds: await measure(true),
        goals: [{ beside: 'backstage', atLeast: 5 }],
      },
    ];
  },
};

interface CallsOptions {
  readonly file: string;
  readonly databaseUrls: Readonly<Record<'caller' | 'target', string>>;
  readonly isSplit: boolean;
}

async function callsPerSecond(bench: Bench, { file, databaseUrls, isSplit }: CallsOptions): Promise<number> {
  const ports = { caller: await freePort(), target: await freePort() };
  const start = (roles: string, port: number, databaseUrl: string) =>
    bench.startHost({
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
  const rate = await run(bench.count(500));
  // Awaited here: the hosts end with this block.
  return await run(Math.ceil((await run(Math.ceil(rate))) * (bench.isQuick ? 0.5 : 3)));
}
