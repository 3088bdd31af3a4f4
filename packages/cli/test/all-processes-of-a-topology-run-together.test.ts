import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runCli, startCli, type RunningCli } from './spawn-cli.ts';
import { createSplitHost, freeTopology } from './split-host.ts';

let folder: Awaited<ReturnType<typeof createSplitHost>>;
let urls: Awaited<ReturnType<typeof freeTopology>>['urls'];
const running: RunningCli[] = [];

beforeEach(async () => {
  const topology = await freeTopology();
  urls = topology.urls;
  folder = await createSplitHost({ 'app-config.yaml': topology.yaml });
});

afterEach(async () => {
  for (const { child } of running.splice(0)) child.kill('SIGKILL');
  await folder[Symbol.asyncDispose]();
});

function startAll(env?: NodeJS.ProcessEnv): RunningCli {
  const cli = startCli(folder.dir, ['start', '--all'], env);
  running.push(cli);
  return cli;
}

async function pidAt(url: string, plugin: string): Promise<number> {
  return ((await (await fetch(`${url}/api/${plugin}`)).json()) as { pid: number }).pid;
}

/** Waits for a process, which is no child of this one, to be gone. */
async function untilGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await delay(20);
  }
}

describe('bulkhead start --all', () => {
  it('runs every process, says when all are ready, and stops all together', async () => {
    const cli = startAll();
    await cli.until(new RegExp(`^bulkhead \\| All 3 processes are ready: ${urls[0]}$`, 'm'));
    const pids = [await pidAt(urls[0], 'greeter'), await pidAt(urls[1], 'todo'), await pidAt(urls[2], 'todo')];
    expect(new Set([...pids, cli.child.pid]).size).toBe(4);
    expect(cli.output()).toMatch(/^edge {5}\| .* Ready on http.*, as process 'edge', which forwards$/m);
    expect(cli.output()).toMatch(/^todo\.2 {3}\| .* Ready on http.*, as process 'todo', replica 2 of 2$/m);

    cli.child.kill('SIGTERM');
    expect(await once(cli.child, 'exit')).toEqual([0, null]);
    expect(cli.output().match(/\| .* Stopped$/gm)).toHaveLength(3);
    await Promise.all(pids.map(untilGone));
  });

  it('starts again what ends, however it ends, and lets the others be', async () => {
    const cli = startAll();
    await cli.until(/All 3 processes are ready/);
    const edge = await pidAt(urls[0], 'greeter');
    const killed = await pidAt(urls[1], 'todo');
    process.kill(killed, 'SIGKILL');
    await cli.until(/^bulkhead \| todo\.1 was ended by SIGKILL; it is started again in 0\.\d s$/m);
    await cli.until(/^bulkhead \| todo\.1 is up again$/m);
    const next = await pidAt(urls[1], 'todo');
    expect(next).not.toBe(killed);

    process.kill(next, 'SIGTERM');
    await cli.until(/^bulkhead \| todo\.1 has ended; it is started again in (0\.[5-9]|1\.0) s$/m);
    await cli.until(/todo\.1 is up again[^]*todo\.1 is up again/);
    expect(await pidAt(urls[0], 'greeter')).toBe(edge);
  });

  it('ends at once when it is told so again', async () => {
    const lifecycle = 'backend: { lifecycle: { shutdownTimeout: 1h } }\n';
    await appendFile(join(folder.dir, 'app-config.yaml'), `${lifecycle}greeter: { hangs: true }\n`);
    const cli = startAll();
    await cli.until(/All 3 processes are ready/);
    const pid = await pidAt(urls[0], 'greeter');
    // Signals close together are one.
    const insisting = setInterval(() => cli.child.kill('SIGTERM'), 300);
    try {
      expect(await once(cli.child, 'exit')).toEqual([1, null]);
    } finally {
      clearInterval(insisting);
    }
    await untilGone(pid);
  });

  it('takes its processes with it when it is killed', async () => {
    const cli = startAll();
    await cli.until(/All 3 processes are ready/);
    const pids = [await pidAt(urls[0], 'greeter'), await pidAt(urls[1], 'todo'), await pidAt(urls[2], 'todo')];
    cli.child.kill('SIGKILL');
    await Promise.all(pids.map(untilGone));
  });

  it('stops all when one cannot start, instead of trying for ever', async () => {
    await appendFile(join(folder.dir, 'app-config.yaml'), 'todo: { fails: true }\n');
    const cli = startAll();
    const [exitCode] = (await once(cli.child, 'close')) as [number];
    expect(exitCode).toBe(1);
    expect(cli.output()).toMatch(/^todo\.[12] {3}\| .*It cannot be/m);
    expect(cli.output()).toContain('ERR_CLI_PROCESS_FAILED');
    expect(cli.output()).toMatch(/: 'todo\.[12]' has ended with code 1 before it was ready/);
    expect(cli.output()).not.toContain('started again');
  });

  it('leaves JSON lines as they are, with the name of the process in them', async () => {
    const cli = startAll({ NODE_ENV: 'production' });
    await cli.until(/All 3 processes are ready/);
    const records = cli
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as { process: string; replica: number; message: string });
    const ready = records.filter(({ message }) => message.startsWith('Ready on'));
    expect(ready.map(({ process: name, replica }) => `${name}.${replica}`).sort()).toEqual([
      'edge.1',
      'todo.1',
      'todo.2',
    ]);
  });
});

describe('bulkhead start --all, refused', () => {
  it('says once what is wrong with the topology, and where', async () => {
    const edge = '{ baseUrl: "http://127.0.0.1:7007", plugins: [greeter, tood] }';
    const config = join(folder.dir, 'faulty.yaml');
    await appendFile(
      config,
      `topology:\n  edge: ${edge}\n  other: { baseUrl: "http://127.0.0.1:7007", forwards: true }\n`,
    );
    const { exitCode, stdout, stderr } = await runCli(folder.dir, ['start', '--all', '--config', 'faulty.yaml']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^ERR_RUNTIME_INVALID_PLAN: .*\b3 problems/);
    expect(stderr).toMatch(/faulty\.yaml:1:1: Plugin 'todo' is in no process .*\[ERR_TOPOLOGY_UNPLACED_PLUGIN\]/);
    expect(stderr).toMatch(/faulty\.yaml:2:64: The host has no plugin 'tood' \[ERR_TOPOLOGY_UNKNOWN_PLUGIN\]/);
    expect(stderr).toMatch(/faulty\.yaml:3:21: .* the same host and port \[ERR_TOPOLOGY_SAME_ADDRESS\]/);
    expect(stderr.match(/ERR_TOPOLOGY_SAME_ADDRESS/g)).toHaveLength(1);
  });

  it.each([
    ['there is no topology', 'greeter: {}\n', 'ERR_CLI_NO_TOPOLOGY'],
    [
      'two would listen on one port of this machine',
      'topology:\n  a: { baseUrl: "http://a:80", plugins: [greeter] }\n  b: { baseUrl: "http://b:80", plugins: [todo] }\n',
      'ERR_CLI_SAME_ADDRESS',
    ],
  ])('because %s', async (_, yaml, code) => {
    await appendFile(join(folder.dir, 'other.yaml'), yaml);
    const { exitCode, errorCode } = await runCli(folder.dir, ['start', '--all', '--config', 'other.yaml']);
    expect({ exitCode, errorCode }).toEqual({ exitCode: 1, errorCode: code });
  });
});
