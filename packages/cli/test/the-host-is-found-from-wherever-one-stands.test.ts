import { expect, it } from '@jest/globals';
import { join } from 'node:path';
import { createFolder, runCli } from './spawn-cli.ts';

const HOST = { type: 'module', exports: './main.js', bulkhead: { role: 'backend' } };
const MAIN = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';

it('is the package of the working directory', async () => {
  await using folder = await createFolder({ 'package.json': { ...HOST, name: 'host' }, 'main.js': MAIN });
  const { stdout } = await runCli(folder.dir, ['start']);
  expect(JSON.parse(stdout)).toEqual([join(folder.dir, 'main.js')]);
});

it.each([
  ['the root of a workspace', '.'],
  ['another package', 'packages/other'],
  ['a folder of the host', 'packages/host/src'],
])('is found from %s', async (_, where) => {
  await using folder = await createFolder({
    'package.json': { workspaces: ['packages/*', 'plugins/**', '!packages/not'] },
    'packages/host/package.json': { ...HOST, name: 'host' },
    'packages/host/main.js': MAIN,
    'packages/host/src/index.ts': '',
    'packages/other/package.json': { name: 'other' },
    'plugins/deep/down/package.json': { name: 'deep', bulkhead: { role: 'backend-plugin' } },
  });
  const { stdout } = await runCli(join(folder.dir, where), ['start']);
  expect(JSON.parse(stdout)).toEqual([join(folder.dir, 'packages/host/main.js')]);
});

it('gets options as if it had been run by itself', async () => {
  await using folder = await createFolder({
    'package.json': { name: 'host', type: 'module', main: 'main.js', bulkhead: { role: 'backend' } },
    'main.js': `
      const { BULKHEAD_ENV, APP_CONFIG_backend_listen_port: port } = process.env;
      process.stdout.write(JSON.stringify({ args: process.argv.slice(2), BULKHEAD_ENV, port }));
    `,
  });
  const args = ['start', '--config', 'a.yaml', '--config=/b.yaml', '--env', 'staging', '--port', '7010'];
  const { stdout } = await runCli(folder.dir, args);
  expect(JSON.parse(stdout)).toEqual({
    args: ['--config', join(folder.dir, 'a.yaml'), '--config', '/b.yaml'],
    BULKHEAD_ENV: 'staging',
    port: '7010',
  });
});

it('is missed with a hint', async () => {
  await using folder = await createFolder({ 'package.json': { workspaces: { packages: ['packages/*', 'gone'] } } });
  expect(await runCli(folder.dir, ['start'])).toEqual({
    exitCode: 1,
    errorCode: 'ERR_CLI_NO_HOST',
    stdout: '',
    stderr: expect.stringContaining(`: There is no host in ${folder.dir}\n  hint: `),
  });
});

it('is not guessed among several', async () => {
  await using folder = await createFolder({
    'package.json': { workspaces: ['apps/*', 'apps/one'] },
    'apps/one/package.json': { ...HOST, name: 'one' },
    'apps/two/package.json': { ...HOST, name: 'two' },
  });
  const { exitCode, stderr, errorCode } = await runCli(folder.dir, ['start']);
  expect(stderr).toContain(`: There are several hosts in ${folder.dir}: one, two`);
  expect({ exitCode, errorCode }).toEqual({ exitCode: 1, errorCode: 'ERR_CLI_SEVERAL_HOSTS' });
});

it('must be built', async () => {
  await using folder = await createFolder({ 'package.json': { ...HOST, name: 'host', exports: './dist/index.js' } });
  const { exitCode, stderr, errorCode } = await runCli(folder.dir, ['start']);
  expect(stderr).toMatch(/: .*\n {2}hint: Build it/);
  expect({ exitCode, errorCode }).toEqual({ exitCode: 1, errorCode: 'ERR_CLI_HOST_NOT_BUILT' });
});

it('must have a package.json that can be read', async () => {
  await using folder = await createFolder({ 'package.json': '{ "name": ' });
  const { exitCode, stderr, errorCode } = await runCli(folder.dir, ['start']);
  expect(stderr).toContain(`: ${join(folder.dir, 'package.json')} cannot be read`);
  expect({ exitCode, errorCode }).toEqual({ exitCode: 1, errorCode: 'ERR_CLI_BAD_MANIFEST' });
});

it.each([
  ['throws', 'const host = undefined;\nhost.start();', /TypeError: .*undefined/, ':2:6.'],
  ['rejects with no error', "await Promise.reject('no');", /Something that is no error was thrown: "no"/, ''],
  ['does not parse', 'const = 1;', /SyntaxError/, 'main.js` shows where'],
  ['misses a package', "import 'not-installed';", /ERR_MODULE_NOT_FOUND: Cannot find package 'not-installed'/, ''],
])('is named when it %s, without a stack', async (_, main, cause, place) => {
  await using folder = await createFolder({ 'package.json': { ...HOST, name: 'host' }, 'main.js': main });
  const { exitCode, stderr, errorCode } = await runCli(folder.dir, ['start']);
  expect(stderr).toMatch(/: The host host did not start\n/);
  expect(stderr).toMatch(cause);
  expect(stderr).toContain(place);
  expect(stderr).not.toMatch(/^ *at /m);
  expect({ exitCode, errorCode }).toEqual({ exitCode: 1, errorCode: 'ERR_CLI_HOST_FAILED' });
});
