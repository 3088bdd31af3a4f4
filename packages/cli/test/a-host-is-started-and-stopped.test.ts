import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createFolder, runCli, startCli, type RunningCli } from './spawn-cli.ts';

const HOST = { name: 'host', type: 'module', exports: './main.js', bulkhead: { role: 'backend' } };

const MAIN = `
import { createBackend } from '@bulkhead/backend-defaults';
import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';

const backend = createBackend();
backend.add(createBackendPlugin({
  pluginId: 'echo',
  register(env) {
    env.registerInit({
      deps: { config: coreServices.config, http: coreServices.httpRouter },
      async init({ config, http }) {
        http.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
        http.use((req, res) => res.json({ echo: config.getOptionalString('word') ?? 'nothing' }));
        if (config.getOptionalBoolean('hang')) await new Promise(() => process.stdout.write('hanging'));
      },
    });
  },
}));
await backend.start();
`;

const SCHEMA = {
  properties: { echo: { type: 'object', properties: { word: { type: 'string' }, hang: { type: 'boolean' } } } },
};

let folder: Awaited<ReturnType<typeof createFolder>>;
const hosts: RunningCli[] = [];

beforeEach(async () => {
  folder = await createFolder({
    'package.json': HOST,
    'main.js': MAIN,
    'config.schema.json': SCHEMA,
    'app-config.yaml': 'echo: { word: hello }\n',
    'other.yaml': 'echo: { word: goodbye }\n',
    'hang.yaml': 'echo: { hang: true }\n',
    'faulty.yaml': 'echo: { word: 1, wrod: hello }\n',
  });
});

afterEach(async () => {
  for (const { child } of hosts.splice(0)) child.kill('SIGKILL');
  await folder[Symbol.asyncDispose]();
});

function startHost(...args: readonly string[]): RunningCli {
  const host = startCli(folder.dir, ['start', ...args]);
  hosts.push(host);
  return host;
}

async function readyUrl(host: RunningCli): Promise<string> {
  const [, url = ''] = await host.until(/Ready on (http:\/\/127\.0\.0\.1:\d+)/);
  return url;
}

it.each(['SIGINT', 'SIGTERM'] as const)('serves until %s, and ends cleanly', async (signal) => {
  const host = startHost('--port', '0');
  const url = await readyUrl(host);
  expect(await (await fetch(`${url}/api/echo`)).json()).toEqual({ echo: 'hello' });

  host.child.kill(signal);
  expect(await once(host.child, 'exit')).toEqual([0, null]);
  await expect(fetch(url)).rejects.toThrow();
});

it('takes its configuration from where it is told to', async () => {
  const host = startHost('--port', '0', '--config', 'other.yaml');
  const url = await readyUrl(host);
  expect(await (await fetch(`${url}/api/echo`)).json()).toEqual({ echo: 'goodbye' });
});

it('lists what is wrong with the configuration instead of starting', async () => {
  const { exitCode, stderr } = await runCli(folder.dir, ['start', '--port', '0', '--config', 'faulty.yaml']);
  expect(stderr).toMatch(/^ERR_RUNTIME_INVALID_PLAN: .*\b2 problems/);
  expect(stderr).toMatch(/faulty\.yaml:1:\d+: Configuration key 'echo\.word' must be a string/);
  expect(stderr).toMatch(/faulty\.yaml:1:\d+: 'echo\.wrod' is not a configuration key/);
  expect(stderr).toContain("Did you mean 'word'?");
  expect(stderr).not.toMatch(/^ *at /m);
  expect(exitCode).toBe(1);
});

it('says who holds the port, and how to choose another', async () => {
  const first = startHost('--port', '0');
  const { port } = new URL(await readyUrl(first));
  const { exitCode, stdout, stderr } = await runCli(folder.dir, ['start', '--port', port]);
  expect(stdout.match(/ERR_HTTP_PORT_IN_USE/g)).toHaveLength(1);
  expect(stdout).toContain(port);
  expect(stdout).toContain(String(first.child.pid));
  expect(stdout).toContain('choose another port');
  expect(stderr).toMatch(
    /^ERR_RUNTIME_STARTUP_FAILED: The backend could not start: service 'core\.httpServer' failed\n {2}- Service 'core\.httpServer' failed to start: .*\n$/,
  );
  expect(stdout).not.toMatch(/^[ |]*at /m);
  expect(exitCode).toBe(1);
});

it('can be stopped while a plugin hangs in its init', async () => {
  const host = startHost('--port', '0', '--config', 'hang.yaml');
  await host.until(/hanging/);
  host.child.kill('SIGTERM');
  const [exitCode] = (await once(host.child, 'exit')) as [number];
  expect(exitCode).toBe(0);
  expect(host.output()).not.toMatch(/^ *at /m);
});
