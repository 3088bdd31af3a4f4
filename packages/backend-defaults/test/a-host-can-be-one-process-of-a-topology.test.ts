import { createBackend } from '@bulkhead/backend-defaults';
import { coreServices, createBackendModule, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import type { Backend } from '@bulkhead/backend-runtime';
import type { Problem } from '@bulkhead/errors';
import type { JsonObject } from '@bulkhead/types';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { reservePorts } from './reserve-ports.ts';

const backends: Backend[] = [];
let config: JsonObject;
let urls: readonly string[];

beforeEach(async () => {
  urls = (await reservePorts(3)).map((port) => `http://127.0.0.1:${port}`);
  config = {
    backend: { logger: { level: 'silent' } },
    topology: {
      edge: { baseUrl: urls[0]!, plugins: ['greeter'], forwards: true },
      todo: { replicas: [urls[1]!, urls[2]!], plugins: ['todo'] },
    },
  };
});

afterEach(async () => {
  await Promise.all(backends.splice(0).map((backend) => backend.stop()));
});

/** A plugin that tells, to everybody, where it finds another one. */
function plugin(pluginId: string, other: string) {
  return createBackendPlugin({
    pluginId,
    register(env) {
      env.registerInit({
        deps: { http: coreServices.httpRouter, discovery: coreServices.discovery },
        async init({ http, discovery }) {
          http.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
          http.use(async (_request, response) => {
            const urls = [await discovery.getBaseUrl(other), await discovery.getBaseUrl(other)].sort();
            response.json({ pluginId, urls, external: await discovery.getExternalBaseUrl(pluginId) });
          });
        },
      });
    },
  });
}

const audit = createBackendModule({
  pluginId: 'todo',
  moduleId: 'audit',
  register: (env) => env.registerInit({ deps: {}, init: async () => {} }),
});

function create(process?: string, replica?: number): Backend {
  const backend = createBackend({ config, process, replica });
  backends.push(backend);
  backend.add(plugin('greeter', 'todo'));
  backend.add(plugin('todo', 'greeter'));
  backend.add(audit);
  return backend;
}

async function problemsOf(process?: string, replica?: number): Promise<readonly Problem[]> {
  const backend = create(process, replica);
  return backend.plan().then(
    () => [],
    (error: { problems: readonly Problem[] }) => error.problems,
  );
}

describe('a process of the topology', () => {
  it('runs its plugins with their modules, at its own address, and finds the others', async () => {
    await Promise.all([create('edge').start(), create('todo', 1).start(), create('todo', 2).start()]);
    const [edge, todo] = urls;
    expect(await (await fetch(`${edge}/api/greeter`)).json()).toEqual({
      pluginId: 'greeter',
      urls: [`${urls[1]}/api/todo`, `${urls[2]}/api/todo`].sort(),
      external: `${edge}/api/greeter`,
    });
    expect(await (await fetch(`${urls[2]}/api/todo`)).json()).toEqual({
      pluginId: 'todo',
      urls: [`${edge}/api/greeter`, `${edge}/api/greeter`],
      external: `${edge}/api/todo`,
    });
    expect((await fetch(`${todo}/api/greeter`)).status).toBe(404);
    expect(await (await fetch(`${urls[2]}/.bulkhead/health/readiness`)).json()).toEqual({
      status: 'ok',
      process: 'todo.2',
    });
    expect(await (await fetch(`${edge}/.bulkhead/health/liveness`)).json()).toEqual({ status: 'ok', process: 'edge' });
  });

  it('plans what it is asked for', async () => {
    const { plugins, leftOut } = await create('todo').plan();
    expect(plugins).toMatchObject([{ pluginId: 'todo', modules: [{ moduleId: 'audit' }] }]);
    expect(leftOut).toEqual([{ pluginId: 'greeter', reason: 'unselected', problems: [] }]);
  });

  it.each([
    ['edg', undefined, 'ERR_TOPOLOGY_NO_SUCH_PROCESS', "Did you mean 'edge'?"],
    ['nothing', undefined, 'ERR_TOPOLOGY_NO_SUCH_PROCESS', 'It has edge, todo.'],
    ['todo', 3, 'ERR_TOPOLOGY_NO_SUCH_REPLICA', 'It has 2, counted from 1.'],
    ['todo', 0, 'ERR_TOPOLOGY_NO_SUCH_REPLICA', 'It has 2, counted from 1.'],
    ['edge', 2, 'ERR_TOPOLOGY_NO_SUCH_REPLICA', 'It has one, so leave it out.'],
  ])('must be there: %s, replica %s', async (process, replica, code, hint) => {
    expect(await problemsOf(process, replica)).toMatchObject([{ code, hint }]);
  });

  it('needs a topology', async () => {
    config = {};
    expect(await problemsOf('edge')).toMatchObject([{ code: 'ERR_TOPOLOGY_NONE' }]);
  });
});

describe('the plugins of a host and its topology', () => {
  it.each([undefined, 'edge'])('must fit each other (as %s)', async (process) => {
    config = { topology: { edge: { baseUrl: urls[0]!, plugins: ['greeter', 'tood', 'search'] } } };
    expect(await problemsOf(process)).toMatchObject([
      { code: 'ERR_TOPOLOGY_UNPLACED_PLUGIN', message: expect.stringContaining("'todo'"), path: ['topology'] },
      { code: 'ERR_TOPOLOGY_UNKNOWN_PLUGIN', hint: "Did you mean 'todo'?", path: ['topology', 'edge', 'plugins', '1'] },
      { code: 'ERR_TOPOLOGY_UNKNOWN_PLUGIN', message: "The host has no plugin 'search'" },
    ]);
  });

  it('need not where a plugin is switched off', async () => {
    config.backend = { startup: { plugins: { todo: { enabled: false } } } };
    expect(await problemsOf()).toEqual([]);
    config.topology = { edge: { baseUrl: urls[0]!, plugins: ['greeter'] } };
    expect(await problemsOf()).toEqual([]);
  });

  it('are not compared as long as nobody knows all plugins', async () => {
    const backend = create();
    backend.add(Promise.reject(new Error('gone')));
    config.topology = { edge: { baseUrl: urls[0]!, plugins: ['greeter', 'todo', 'search'] } };
    const thrown = await backend.plan().catch((error: { problems: readonly Problem[] }) => error);
    expect((thrown as { problems: readonly Problem[] }).problems.map(({ code }) => code)).toEqual([
      'ERR_RUNTIME_IMPORT_FAILED',
    ]);
  });
});

describe('a host without a process', () => {
  it('runs everything, whatever the topology says', async () => {
    config.backend = { listen: 0, logger: { level: 'silent' } };
    const { plugins } = await create().plan();
    expect(plugins.map(({ pluginId }) => pluginId)).toEqual(['greeter', 'todo']);
  });
});
