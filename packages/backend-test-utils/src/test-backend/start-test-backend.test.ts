import { describe, expect, it } from '@jest/globals';
import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  createExtensionPoint,
  createServiceRef,
} from '@bulkhead/backend-plugin-api';
import express from 'express';
import { mockCredentials, mockServices, provideService, startTestBackend } from '../index.ts';

const greeter = createBackendPlugin({
  pluginId: 'greeter',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter, auth: coreServices.httpAuth, logger: coreServices.logger },
      async init({ http, auth, logger }) {
        const router = express.Router();
        router.get('/hello', async (req, res) => {
          const { principal } = await auth.credentials(req);
          logger.info('greeting');
          res.json({ principal });
        });
        http.use(router);
      },
    });
  },
});

describe('startTestBackend', () => {
  it('serves plugins to an agent that is somebody', async () => {
    const { agent, url } = await startTestBackend({ features: [greeter] });
    const { body } = await agent.get('/api/greeter/hello').expect(200);
    expect(body.principal).toEqual({ type: 'user', userEntityRef: 'user:default/mock' });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('denies by default, and lets the test be whom it likes', async () => {
    const { anonymous, as } = await startTestBackend({ features: [greeter] });
    await anonymous.get('/api/greeter/hello').expect(401);
    const { body } = await as(mockCredentials.service('plugin:other')).get('/api/greeter/hello').expect(200);
    expect(body.principal).toEqual({ type: 'service', subject: 'plugin:other' });
    await as(mockCredentials.service('plugin:other', { targetPluginId: 'elsewhere' }))
      .get('/api/greeter/hello')
      .expect(401);
  });

  it('keeps the cookies of an agent', async () => {
    const gallery = createBackendPlugin({
      pluginId: 'gallery',
      register(env) {
        env.registerInit({
          deps: { http: coreServices.httpRouter, auth: coreServices.httpAuth },
          async init({ http, auth }) {
            http.addAuthPolicy({ path: '/pictures', allow: 'user-cookie' });
            const router = express.Router();
            router.post('/cookie', async (_req, res) => void res.json(await auth.issueUserCookie(res)));
            router.get('/pictures', (_req, res) => void res.json({}));
            http.use(router);
          },
        });
      },
    });
    const { anonymous } = await startTestBackend({ features: [gallery] });
    await anonymous.get('/api/gallery/pictures').expect(401);
    await anonymous.post('/api/gallery/cookie').set('authorization', mockCredentials.user().header).expect(200);
    await anonymous.get('/api/gallery/pictures').expect(200);
    await anonymous.post('/api/gallery/cookie').expect(401);
  });

  it('lets the agent be somebody else', async () => {
    const { agent } = await startTestBackend({ features: [greeter], credentials: mockCredentials.none() });
    await agent.get('/api/greeter/hello').expect(401);
  });

  it('keeps the log, by plugin', async () => {
    const { agent, logs } = await startTestBackend({ features: [greeter] });
    await agent.get('/api/greeter/hello').expect(200);
    expect(logs.lines).toContainEqual(expect.objectContaining({ message: 'greeting', pluginId: 'greeter' }));
  });

  it('shows the state of the host, also over HTTP', async () => {
    const { as, host } = await startTestBackend({ features: [greeter] });
    expect(host.getPlugin('greeter')?.phase).toBe('ready');
    const { body } = await as(mockCredentials.service()).get('/.bulkhead/plugins').expect(200);
    expect(body.plugins).toMatchObject([{ pluginId: 'greeter', phase: 'ready' }]);
  });

  it('installs a plugin under another id', async () => {
    const { agent } = await startTestBackend({ features: [greeter, { feature: greeter, pluginId: 'other' }] });
    await agent.get('/api/greeter/hello').expect(200);
    await agent.get('/api/other/hello').expect(200);
  });

  it('stops when told to, once, and when a block ends', async () => {
    let url: string;
    {
      await using backend = await startTestBackend({ features: [greeter] });
      url = backend.url;
    }
    await expect(fetch(url)).rejects.toThrow();
    const backend = await startTestBackend({ features: [greeter] });
    await Promise.all([backend.stop(), backend.stop()]);
    await expect(fetch(backend.url)).rejects.toThrow();
    expect(backend.host.getPhase()).toBe('stopped');
  });

  it('does not wait for ever for a request that hangs', async () => {
    const hanging = createBackendPlugin({
      pluginId: 'hanging',
      register(env) {
        env.registerInit({
          deps: { http: coreServices.httpRouter },
          init: async ({ http }) => http.use((_req, res) => void res.write('begun')),
        });
      },
    });
    const backend = await startTestBackend({ features: [hanging] });
    const headers = { authorization: mockCredentials.user().header };
    const response = await fetch(`${backend.url}/api/hanging`, { headers });
    await backend.stop();
    await expect(response.text()).rejects.toThrow();
  });

  it('leaves nothing behind when a plugin fails to start, and says which', async () => {
    const broken = createBackendPlugin({
      pluginId: 'broken',
      register: (env) => env.registerInit({ deps: {}, init: () => Promise.reject(new RangeError('boom')) }),
    });
    await expect(startTestBackend({ features: [greeter, broken] })).rejects.toMatchObject({
      code: 'ERR_RUNTIME_STARTUP_FAILED',
    });
  });

  it('can be started anew; agents follow', async () => {
    let inits = 0;
    const counter = createBackendPlugin({
      pluginId: 'counter',
      register: (env) => env.registerInit({ deps: {}, init: async () => void inits++ }),
    });
    const { agent, restart } = await startTestBackend({ features: [counter, greeter] });
    await restart();
    expect(inits).toBe(2);
    await agent.get('/api/greeter/hello').expect(200);
  });
});

describe('the configuration of a test backend', () => {
  const reader = createBackendPlugin({
    pluginId: 'reader',
    register(env) {
      env.registerInit({
        deps: { http: coreServices.httpRouter, config: coreServices.rootConfig },
        async init({ http, config }) {
          http.use((_req, res) => void res.json({ title: config.getOptionalString('reader.title') }));
        },
      });
    },
  });

  it('no longer tells a host that a restart has replaced', async () => {
    let hosts = 0;
    const heard: number[] = [];
    const listener = createBackendPlugin({
      pluginId: 'listener',
      register(env) {
        env.registerInit({
          deps: { config: coreServices.config },
          async init({ config }) {
            const host = ++hosts;
            config.subscribe?.(() => void heard.push(host));
          },
        });
      },
    });
    const { restart, updateConfig } = await startTestBackend({ features: [listener] });
    await restart();
    updateConfig({ listener: { title: 'new' } });
    expect(heard).toEqual([2]);
  });

  it('is an object, and can change while the backend runs', async () => {
    const { agent, updateConfig } = await startTestBackend({
      features: [reader],
      config: { reader: { title: 'one' } },
    });
    await agent.get('/api/reader').expect(200, { title: 'one' });
    updateConfig({ reader: { title: 'two' } });
    await agent.get('/api/reader').expect(200, { title: 'two' });
  });

  it('is that of a host, too', async () => {
    const { anonymous } = await startTestBackend({
      features: [reader],
      config: { backend: { auth: { dangerouslyDisableDefaultAuthPolicy: true } } },
    });
    await anonymous.get('/api/reader').expect(200);
  });
});

describe('the services of a test backend', () => {
  const clockRef = createServiceRef<{ now(): number }>({ id: 'test.clock' });
  const user = createBackendPlugin({
    pluginId: 'user',
    register(env) {
      env.registerInit({
        deps: { cache: coreServices.cache, clock: clockRef },
        init: ({ cache, clock }) => cache.set('now', clock.now()),
      });
    },
  });

  it('can be replaced by name or among the features', async () => {
    const cache = mockServices.cache();
    await startTestBackend({ features: [user, provideService(clockRef, { now: () => 7 })], services: { cache } });
    expect(cache.callsTo('set')).toEqual([['now', 7]]);
  });

  it('can be replaced by a factory', async () => {
    await startTestBackend({
      features: [user, provideService(clockRef, { now: () => 7 })],
      services: { cache: mockServices.cache.factory() },
    });
  });

  it('must exist', async () => {
    const services = { cahce: mockServices.cache() } as object;
    await expect(startTestBackend({ features: [user], services })).rejects.toMatchObject({
      code: 'ERR_TEST_UNKNOWN_SERVICE',
      hint: "Did you mean 'cache'?",
    });
  });
});

describe('modules in a test backend', () => {
  interface Listeners {
    add(name: string): void;
    remove(name: string): void;
  }
  const listenersPoint = createExtensionPoint<Listeners>({ id: 'todo.listeners' });
  const createListener = (pluginId: string) =>
    createBackendModule({
      pluginId,
      moduleId: 'audit',
      register(env) {
        env.registerInit({
          deps: { listeners: listenersPoint },
          init: async ({ listeners }) => listeners.add('audit'),
        });
      },
    });

  it('need no plugin, and get fake extension points', async () => {
    const added: string[] = [];
    const { host } = await startTestBackend({
      features: [createListener('todo')],
      extensionPoints: [[listenersPoint, { add: (name) => void added.push(name) }]],
    });
    expect(added).toEqual(['audit']);
    expect(host.getPlugins().map(({ pluginId }) => pluginId)).toEqual(['todo']);
  });

  it('get fake extension points beside their plugin, too', async () => {
    const added: string[] = [];
    const plugin = createBackendPlugin({
      pluginId: 'todo',
      register: (env) => env.registerInit({ deps: {}, init: async () => void added.push('plugin') }),
    });
    await startTestBackend({
      features: [{ feature: createListener('other'), pluginId: 'todo' }, Promise.resolve({ default: plugin })],
      extensionPoints: [[listenersPoint, { add: (name) => void added.push(name) }]],
    });
    expect(added).toEqual(['audit', 'plugin']);
  });

  it('are refused without their plugin if the test wants that', async () => {
    const module = createBackendModule({
      pluginId: 'todo',
      moduleId: 'lonely',
      register: (env) => env.registerInit({ deps: {}, init: async () => {} }),
    });
    await startTestBackend({ features: [async () => ({ default: module })] });
    await expect(startTestBackend({ features: [module], emptyPlugins: false })).rejects.toMatchObject({
      code: 'ERR_RUNTIME_INVALID_PLAN',
    });
  });

  it('must use what is offered to them, and belong to one plugin', async () => {
    const extensionPoints: [[typeof listenersPoint, Partial<Listeners>]] = [[listenersPoint, {}]];
    await expect(startTestBackend({ features: [greeter], extensionPoints })).rejects.toMatchObject({
      code: 'ERR_TEST_EXTENSION_POINT_UNUSED',
    });
    const features = [createListener('a'), createListener('b')];
    await expect(startTestBackend({ features, extensionPoints })).rejects.toMatchObject({
      code: 'ERR_TEST_EXTENSION_POINT_AMBIGUOUS',
    });
  });

  it('leave complaints about a rejected import to the host', async () => {
    const features = [Promise.reject(new RangeError('no such file'))];
    await expect(startTestBackend({ features })).rejects.toMatchObject({ code: 'ERR_RUNTIME_INVALID_PLAN' });
  });
});
