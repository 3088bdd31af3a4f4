import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const TOKEN = 'a-token-of-the-test';

interface PluginReport {
  readonly pluginId: string;
  readonly phase: string;
  readonly faultCount: number;
  readonly faults: readonly { readonly error: { readonly message: string } }[];
}

describe('a stray rejection in one plugin of a process', () => {
  // In a process of its own: a test runner has handlers of its own for what nobody handles.
  let child: ChildProcess;
  let log: Promise<string>;
  let url: string;

  beforeAll(async () => {
    child = fork(fileURLToPath(new URL('./fixtures/clumsy-host.ts', import.meta.url)), {
      execArgv: ['--conditions=@bulkhead/source'],
      env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production', TEST_TOKEN: TOKEN },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    log = text(child.stdout!);
    const told = once(child, 'message') as Promise<[{ url: string }]>;
    const ended = once(child, 'exit').then(() => Promise.reject(new TypeError('The host did not start')));
    [{ url }] = await Promise.race([told, ended]);
    ended.catch(() => {});
  });
  afterAll(() => void child.kill('SIGKILL'));

  function get(path: string): Promise<Response> {
    return fetch(url + path, { headers: { authorization: `Bearer ${TOKEN}` } });
  }

  async function untilFaults(count: number): Promise<PluginReport[]> {
    for (;;) {
      const { plugins } = (await (await get('/.bulkhead/plugins')).json()) as { plugins: PluginReport[] };
      if (plugins.reduce((sum, { faultCount }) => sum + faultCount, 0) >= count) return plugins;
    }
  }

  it('shows in the health of that plugin, and only there', async () => {
    expect((await get('/api/clumsy/in-request')).status).toBe(200);
    expect(await untilFaults(1)).toMatchObject([
      { pluginId: 'clumsy', phase: 'ready', faultCount: 1, faults: [{ error: { message: 'stray in a request' } }] },
      { pluginId: 'calm', phase: 'ready', faultCount: 0, faults: [] },
    ]);
  });

  it('is attributed to its plugin also when it comes from a timer', async () => {
    expect((await get('/api/clumsy/in-timer')).status).toBe(200);
    const [clumsy, calm] = await untilFaults(2);
    expect(clumsy).toMatchObject({ faultCount: 2 });
    expect(clumsy!.faults[1]).toMatchObject({ error: { message: 'stray in a timer' } });
    expect(calm).toMatchObject({ faultCount: 0 });
  });

  it('stops neither plugin, nor the process', async () => {
    expect((await get('/api/clumsy/other')).status).toBe(200);
    expect(await (await get('/api/calm/')).json()).toEqual({ calm: true });
    expect((await get('/.bulkhead/health/readiness')).status).toBe(200);
    expect(child.exitCode).toBeNull();
  });

  it('stands in the log under its plugin; the process ends well', async () => {
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(0);
    const lines = (await log).trim().split('\n');
    const faults = lines.map((line) => JSON.parse(line) as { level: string; plugin?: string }).filter(isError);
    expect(faults.map(({ plugin }) => plugin)).toEqual(['clumsy', 'clumsy']);
  });
});

function isError({ level }: { readonly level: string }): boolean {
  return level === 'error';
}
