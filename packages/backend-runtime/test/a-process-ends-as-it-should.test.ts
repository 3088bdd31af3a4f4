import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const HOST_FILE = fileURLToPath(new URL('fixtures/process-host.ts', import.meta.url));

interface Ended {
  code: number | null;
  signal: string | null;
  lines: string[];
  stderr: string;
}

/** Runs a scenario of the host file in a process of its own; `onLine` learns of each line that it prints. */
async function run(scenario: string, onLine?: (line: string, child: ChildProcess) => void): Promise<Ended> {
  const child = spawn(process.execPath, ['--conditions=@bulkhead/source', HOST_FILE, scenario], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' },
  });
  const lines: string[] = [];
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    onLine?.(line, child);
  });
  const [stderr, [code, signal]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  return { code: code as number | null, signal: signal as string | null, lines, stderr };
}

const killOn =
  (expected: string, signal: NodeJS.Signals = 'SIGTERM') =>
  (line: string, child: ChildProcess): void => {
    if (line === expected) child.kill(signal);
  };

describe('a process whose host handles it', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('stops cleanly on %s', async (signal) => {
    const { code, lines } = await run('clean', killOn('ready', signal));
    expect({ code, lines }).toEqual({ code: 0, lines: ['ready', 'stopped'] });
  });

  it('takes signals that arrive together for one, as Ctrl-C under npm sends them', async () => {
    const { code, lines } = await run('clean', (line, child) => {
      if (line !== 'ready') return;
      child.kill('SIGINT');
      setTimeout(() => child.kill('SIGINT'), 1);
    });
    expect({ code, lines }).toEqual({ code: 0, lines: ['ready', 'stopped'] });
  });

  it('ends by itself, with no handlers left, when the host is stopped and nothing else is open', async () => {
    expect(await run('ends by itself')).toMatchObject({ code: 0, lines: ['listeners left: 0'], stderr: '' });
  });

  it('ends on SIGTERM during a hung start', async () => {
    expect(await run('hung start', killOn('starting'))).toMatchObject({ code: 0, lines: ['starting'], stderr: '' });
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('is forced to an end by a second %s', async (signal, expected) => {
    let timer: NodeJS.Timeout | undefined;
    const { code, lines } = await run('hung stop', (line, child) => {
      if (line === 'ready') child.kill(signal);
      // Again and again, because signals close together count as one.
      if (line === 'stopping') timer = setInterval(() => child.kill(signal), 50);
    });
    clearInterval(timer);
    expect({ code, lines }).toEqual({ code: expected, lines: ['ready', 'stopping'] });
  });
});

describe('a failed start', () => {
  const told = `error: Plugin 'broken' failed to start
Error: broken on purpose
ERR_RUNTIME_STARTUP_FAILED: The backend could not start: plugin 'broken' failed
  - Plugin 'broken' failed to start: broken on purpose
  hint: Mend the faults, or set backend.startup to start without the plugins or modules at fault.
`;

  it('ends the process with 1 when nobody awaits it, and says why without a stack', async () => {
    const { code, stderr } = await run('failed start, not awaited');
    expect({ code, stderr }).toEqual({ code: 1, stderr: told });
  });

  it('ends the process with 1 when the host file awaits it at its top level', async () => {
    const { code, stderr } = await run('failed start, awaited');
    expect({ code, stderr }).toEqual({ code: 1, stderr: told });
  });

  it('ends the process with 1 even if the host file handles it and leaves something open', async () => {
    const { code, lines, stderr } = await run('failed start, caught');
    expect({ code, lines }).toEqual({ code: 1, lines: ['caught'] });
    expect(stderr).toBe("error: Plugin 'broken' failed to start\nError: broken on purpose\n");
  });

  it('lists all problems of an invalid plan', async () => {
    const { code, stderr } = await run('invalid plan');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ERR_RUNTIME_INVALID_PLAN: The backend cannot start\. There are 2 problems:\n/);
    expect(stderr).toContain('[ERR_RUNTIME_DUPLICATE_PLUGIN]');
    expect(stderr).toContain('[ERR_RUNTIME_INVALID_FEATURE]');
    expect(stderr).not.toMatch(/^ +at /m);
  });
});

describe('a fault after the start', () => {
  it('belongs to the plugin in whose context a rejection arose, and the others go on', async () => {
    const { code, lines, stderr } = await run('stray rejection', killOn('fault in unruly: stray'));
    expect({ code, lines }).toEqual({ code: 0, lines: ['ready', 'fault in unruly: stray', 'calm stopped'] });
    expect(stderr).toBe("error: Plugin 'unruly' has a fault\nError: stray\n");
  });

  it('is reported for what is no error, too', async () => {
    const fault = 'fault in unruly: Something that is no error was thrown: "stray text"';
    const { code, lines } = await run('stray rejection of no error', killOn(fault));
    expect({ code, lines }).toEqual({ code: 0, lines: ['ready', fault, 'calm stopped'] });
  });

  it('is charged to the plugin whose code the stack leads to where the context is lost', async () => {
    const { code, lines } = await run('rejection whose context is lost', killOn('fault in only: lost'));
    expect({ code, lines }).toEqual({ code: 0, lines: ['ready', 'fault in only: lost'] });
  });

  it('is logged as the host’s outside of any plugin, and the process goes on', async () => {
    const { code, lines, stderr } = await run('rejection outside of any plugin', killOn('faults: 0,0'));
    expect({ code, lines }).toEqual({ code: 0, lines: ['ready', 'faults: 0,0', 'calm stopped'] });
    expect(stderr).toBe('error: A rejection outside of any plugin was not handled\nError: nobody is to blame\n');
  });

  it('ends the connection and nothing else when it is an uncaught exception of an upgraded one', async () => {
    const fault = 'fault in unruly: bad frame';
    const { code, lines } = await run('exception of an upgraded connection', killOn(fault));
    expect({ code, lines }).toEqual({ code: 0, lines: ['ready', 'connection destroyed', fault, 'calm stopped'] });
  });

  it('drains and ends the process with 1 when it is an uncaught exception', async () => {
    const { code, lines, stderr } = await run('uncaught exception');
    expect({ code, lines }).toEqual({ code: 1, lines: ['ready', 'calm stopped'] });
    expect(stderr).toBe(
      "error: An exception in plugin 'unruly' was not caught; the process stops\nError: uncaught on purpose\n",
    );
  });
});
