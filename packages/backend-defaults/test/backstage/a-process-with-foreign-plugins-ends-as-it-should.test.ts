import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const HOST_FILE = fileURLToPath(new URL('fixtures/process-host.ts', import.meta.url));

interface Ended {
  code: number | null;
  lines: string[];
  stderr: string;
}

/** Runs a scenario of the host file in a process of its own, and asks it to end once it prints `until`. */
async function run(scenario: string, until?: string): Promise<Ended> {
  const child: ChildProcess = spawn(process.execPath, ['--conditions=@bulkhead/source', HOST_FILE, scenario], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' },
  });
  const lines: string[] = [];
  createInterface(child.stdout!).on('line', (line) => {
    lines.push(line);
    if (line === until) child.kill('SIGTERM');
  });
  const [stderr, [code]] = await Promise.all([text(child.stderr!), once(child, 'close')]);
  return { code: code as number | null, lines, stderr };
}

describe('a process with foreign plugins', () => {
  it('ends with 1 when its start fails, though nobody awaits it and sockets are open', async () => {
    const { code, stderr } = await run('failed start');
    expect(code).toBe(1);
    expect(stderr).toMatch(/ERR_RUNTIME_STARTUP_FAILED: The backend could not start: plugin 'broken' failed/);
  });

  it('ends with 1 and the ring when services need each other', async () => {
    const { code, stderr } = await run('ring of factories');
    expect(code).toBe(1);
    expect(stderr).toContain("Services need each other: 'a' -> 'b' -> 'a' [ERR_RUNTIME_SERVICE_CYCLE]");
  });

  it('ends on SIGTERM while a plugin hangs in its init', async () => {
    expect(await run('hung start', 'starting')).toEqual({ code: 0, lines: ['starting'], stderr: '' });
  });

  it('ends on SIGTERM though a shutdown hook hangs, and says which', async () => {
    const { code, lines, stderr } = await run('hung hook', 'ready');
    expect({ code, lines }).toEqual({ code: 0, lines: ['ready', 'stopping'] });
    expect(stderr).toMatch(/plugin 'p'[^]*ERR_RUNTIME_DEADLINE_EXCEEDED/);
  });

  it('outlives a stray rejection, which is charged to the plugin', async () => {
    const { code, stderr } = await run('stray rejection', 'still there');
    expect(code).toBe(0);
    expect(stderr).toContain("Plugin 'unruly' has a fault");
  });
});
