import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { createSplitHost, freeTopology } from './split-host.ts';
import { runCli, startCli, type RunningCli } from './spawn-cli.ts';

let folder: Awaited<ReturnType<typeof createSplitHost>>;
let urls: Awaited<ReturnType<typeof freeTopology>>['urls'];
let host: RunningCli | undefined;

beforeAll(async () => {
  const topology = await freeTopology();
  urls = topology.urls;
  folder = await createSplitHost({ 'app-config.yaml': topology.yaml, 'none.yaml': 'greeter: {}\n' });
});

afterEach(async () => {
  host?.child.kill('SIGKILL');
  await host?.ended;
});

afterAll(async () => folder[Symbol.asyncDispose]());

it.each<[string, readonly string[], NodeJS.ProcessEnv, number, string, string]>([
  ['by its name', ['--process', 'edge'], {}, 0, 'greeter', 'todo'],
  ['by its name and number', ['--process', 'todo', '--replica', '2'], {}, 2, 'todo', 'greeter'],
  ['the first without a number', ['--process', 'todo'], {}, 1, 'todo', 'greeter'],
  ['by the environment', [], { BULKHEAD_PROCESS: 'todo', BULKHEAD_REPLICA: '2' }, 2, 'todo', 'greeter'],
])('is chosen %s', async (_, args, env, index, here, elsewhere) => {
  host = startCli(folder.dir, ['start', ...args], env);
  await host.until(new RegExp(`Ready on ${urls[index]}, as process`));
  expect((await fetch(`${urls[index]}/api/${here}`)).status).toBe(200);
  if (index !== 0) expect((await fetch(`${urls[index]}/api/${elsewhere}`)).status).toBe(404);
  expect(host.output()).toMatch(/ process=(edge|todo)/);
  // Nobody wants the database.
  expect(host.output()).not.toContain('PostgreSQL');
  expect(await readdir(folder.dir)).not.toContain('.bulkhead');
});

it('says which part of the topology to change when its port is taken', async () => {
  host = startCli(folder.dir, ['start', '--process', 'edge']);
  await host.until(/Ready on/);
  const { exitCode, stdout } = await runCli(folder.dir, ['start', '--process', 'edge']);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('ERR_HTTP_PORT_IN_USE');
  expect(stdout).toContain('topology.edge in the configuration says where');
});

it.each([
  [['--process', 'tood'], 'ERR_TOPOLOGY_NO_SUCH_PROCESS', "Did you mean 'todo'?"],
  [['--process', 'todo', '--replica', '3'], 'ERR_TOPOLOGY_NO_SUCH_REPLICA', 'It has 2, counted from 1.'],
  [['--process', 'edge', '--config', 'none.yaml'], 'ERR_TOPOLOGY_NONE', 'under `topology`'],
])('must be there: %j', async (args, code, hint) => {
  const { exitCode, stderr } = await runCli(folder.dir, ['start', ...args]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`[${code}]`);
  expect(stderr).toContain(hint);
});

it('can be looked at without starting it', async () => {
  const { stdout } = await runCli(folder.dir, ['inspect', '--process', 'todo']);
  expect(stdout).toMatch(/\nPlugins\n {2}todo\n[^]*\nLeft out\n {2}greeter: not for this process\n/);
});
