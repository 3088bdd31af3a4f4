import { describe, expect, it } from '@jest/globals';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  executionContext,
  type LifecycleService,
  type RootLifecycleService,
} from '@bulkhead/backend-plugin-api';
import { createSpecializedBackend } from '../src/index.ts';
import { backendOf, deferred, plugin, rejectionOf, stderrOf } from './fixtures/features.ts';

const never = new Promise<never>(() => {});

/** A root service that adds hooks to the process. */
const rootHooks = (add: (lifecycle: RootLifecycleService) => void): ReturnType<typeof createServiceFactory> =>
  createServiceFactory({
    service: createServiceRef<object>({ id: 'root.hooks', scope: 'root' }),
    deps: { lifecycle: coreServices.rootLifecycle },
    factory: ({ lifecycle }) => {
      add(lifecycle);
      return {};
    },
  });

const withHooks = (id: string, add: (lifecycle: LifecycleService) => void): ReturnType<typeof plugin> =>
  plugin(id, { deps: { lifecycle: coreServices.lifecycle }, init: ({ lifecycle }) => add(lifecycle) });

describe('stop', () => {
  it('keeps to its order', async () => {
    const events: string[] = [];
    const note = (event: string) => () => void events.push(event);
    const server = deferred();
    const backend = backendOf([
      createServiceFactory({
        service: createServiceRef<object>({ id: 'pool', scope: 'root' }),
        deps: {},
        factory: () => ({ [Symbol.asyncDispose]: async () => note('pool disposed')() }),
      }),
      rootHooks((root) => {
        root.addStartupHook(note('root startup'));
        root.addShutdownHook(note('root shutdown 1'));
        root.addShutdownHook(note('root shutdown 2'));
        root.addBeforeShutdownHook(note('before shutdown'));
        root.addDrainHook(async () => {
          events.push('drain begins');
          await server.promise;
          events.push('drain ends');
        });
      }),
      withHooks('a', (lifecycle) => {
        lifecycle.addStartupHook(note('a startup'));
        lifecycle.addShutdownHook(note('a shutdown 1'));
        lifecycle.addShutdownHook(() => note(`a shutdown 2 as ${executionContext.current()?.pluginId}`)());
      }),
    ]);
    await backend.start();
    expect(events).toEqual(['a startup', 'root startup']);
    events.length = 0;
    const stopped = backend.stop();
    setImmediate(() => server.resolve());
    await stopped;
    expect(events).toEqual([
      'before shutdown',
      'drain begins',
      'drain ends',
      'a shutdown 2 as a',
      'a shutdown 1',
      'root shutdown 2',
      'root shutdown 1',
      'pool disposed',
    ]);
  });

  it('waits for the configured delay before it drains, once the host has been up', async () => {
    const events: string[] = [];
    const backend = backendOf(
      [
        rootHooks((root) => {
          // Whoever waits half as long comes first.
          root.addBeforeShutdownHook(() => void setTimeout(() => events.push('half the delay'), 10));
          root.addDrainHook(() => void events.push('drain'));
        }),
      ],
      { config: { backend: { lifecycle: { serverShutdownDelay: '20ms' } } } },
    );
    await backend.start();
    await backend.stop();
    expect(events).toEqual(['half the delay', 'drain']);
  });

  it('goes on when hooks fail or hang, and names them', async () => {
    const events: string[] = [];
    const backend = backendOf(
      [
        rootHooks((root) => {
          root.addBeforeShutdownHook(async function closeListeners() {
            throw new Error('cannot close');
          });
          root.addDrainHook(() => never);
          root.addShutdownHook(() => void events.push('root'));
        }),
        withHooks('a', (lifecycle) => {
          lifecycle.addShutdownHook(() => void events.push('a'));
          lifecycle.addShutdownHook(() => never);
        }),
        withHooks('b', (lifecycle) => lifecycle.addShutdownHook(() => void events.push('b'))),
        createServiceFactory({
          service: createServiceRef<object>({ id: 'stuck', scope: 'root' }),
          deps: {},
          factory: () => ({ [Symbol.asyncDispose]: () => never }),
        }),
        createServiceFactory({
          service: createServiceRef<object>({ id: 'stuck.of-plugin' }),
          initialization: 'always',
          deps: { metadata: coreServices.pluginMetadata },
          factory: ({ metadata }) => ({
            [Symbol.dispose]() {
              if (metadata.getId() === 'a') throw new Error('cannot dispose');
            },
          }),
        }),
      ],
      { config: { backend: { lifecycle: { shutdownTimeout: '5ms' } } } },
    );
    await backend.start();
    await backend.stop();
    expect(events).toEqual(['b', 'a', 'root']);
    const errors = backend.lines.filter(({ level }) => level === 'error');
    expect(errors.map(({ message, meta, plugin: id }) => [message, (meta as Error).message, id])).toEqual([
      ["The before-shutdown hook 'closeListeners' of the host failed", 'cannot close', undefined],
      ['A drain hook of the host failed', 'A drain hook of the host did not end within 5 ms', undefined],
      ["A shutdown hook of plugin 'a' failed", "A shutdown hook of plugin 'a' did not end within 5 ms", 'a'],
      ["Service 'stuck.of-plugin' of plugin 'a' could not be disposed of", 'cannot dispose', undefined],
      ["Service 'stuck' could not be disposed of", "Disposing of service 'stuck' did not end within 5 ms", undefined],
    ]);
  });

  it('logs the failure of a hook with the logger that came with it', async () => {
    const messages: string[] = [];
    const own = { ...silent, error: (message: string) => void messages.push(message) };
    const backend = backendOf([
      withHooks('a', (lifecycle) => {
        const failing = (): never => {
          throw new Error('fails');
        };
        lifecycle.addStartupHook(failing, { logger: own });
        lifecycle.addStartupHook(() => void messages.push('the other hook'));
      }),
    ]);
    await expect(backend.start()).resolves.toMatchObject({ outcome: 'success' });
    expect(messages.toSorted()).toEqual(["The startup hook 'failing' of plugin 'a' failed", 'the other hook']);
    await backend.stop();
  });

  it('refuses hooks that are added too late', async () => {
    let root!: RootLifecycleService;
    const backend = backendOf([rootHooks((lifecycle) => (root = lifecycle))]);
    await backend.start();
    await backend.stop();
    expect(() => root.addShutdownHook(() => {})).toThrow(
      expect.objectContaining({
        code: 'ERR_RUNTIME_LIFECYCLE_OVER',
        message: 'A shutdown hook of the host was added after these hooks had run',
      }),
    );
  });

  it('is fine before a start, and twice', async () => {
    const backend = createSpecializedBackend();
    const stopped = backend.stop();
    expect(backend.stop()).toBe(stopped);
    await stopped;
    expect(() => backend.add(plugin('p'))).toThrow(expect.objectContaining({ code: 'ERR_RUNTIME_STOPPED' }));
    await expect(backend.plan()).rejects.toMatchObject({ code: 'ERR_RUNTIME_STOPPED' });
    await expect(backend.start()).rejects.toMatchObject({ code: 'ERR_RUNTIME_STOPPED' });
  });

  it('lets go of what a plan needed', async () => {
    const events: string[] = [];
    const { ConfigReader } = await import('@bulkhead/config');
    const backend = backendOf([
      createServiceFactory({
        service: coreServices.rootConfig,
        deps: {},
        factory: () => Object.assign(new ConfigReader(), { [Symbol.dispose]: () => events.push('watcher closed') }),
      }),
    ]);
    await backend.plan();
    await backend.stop();
    expect(events).toEqual(['watcher closed']);
  });
});

describe('a start that fails', () => {
  it('stops and disposes again what was started', async () => {
    const events: string[] = [];
    const backend = backendOf([
      createServiceFactory({
        service: createServiceRef<object>({ id: 'pool', scope: 'root' }),
        deps: {},
        factory: () => ({ [Symbol.dispose]: () => events.push('pool disposed') }),
      }),
      withHooks('fine', (lifecycle) => lifecycle.addShutdownHook(() => void events.push('fine stopped'))),
      plugin('broken', { init: () => Promise.reject(new Error('broken')) }),
    ]);
    expect((await rejectionOf(backend.start())).code).toBe('ERR_RUNTIME_STARTUP_FAILED');
    expect(events).toEqual(['fine stopped', 'pool disposed']);
    await backend.stop();
    expect(events).toHaveLength(2);
  });
});

describe('stop during a start', () => {
  const cases: [string, Parameters<typeof backendOf>[0]][] = [
    ['an import', [never]],
    ['an init', [plugin('p', { init: () => never })]],
    ['a startup hook', [withHooks('p', (lifecycle) => lifecycle.addStartupHook(() => never))]],
    ['a startup hook of the process', [rootHooks((root) => root.addStartupHook(() => never))]],
    [
      'a root service',
      [
        createServiceFactory({
          service: createServiceRef<object>({ id: 'hangs', scope: 'root' }),
          deps: {},
          factory: () => never,
        }),
      ],
    ],
    ['the configuration', [createServiceFactory({ service: coreServices.rootConfig, deps: {}, factory: () => never })]],
    [
      'a default factory',
      [plugin('p', { deps: { x: createServiceRef<object>({ id: 'x', defaultFactory: () => never }) } })],
    ],
  ];
  it.each(cases)('ends one in which %s hangs', async (_, features) => {
    const backend = backendOf(features, { settings: { shutdownTimeout: 5 } });
    const started = rejectionOf(backend.start());
    await new Promise((resolve) => setImmediate(resolve));
    // Without a logger yet, the factory that does not return is reported there.
    await stderrOf(() => backend.stop());
    expect(await started).toMatchObject({
      code: 'ERR_RUNTIME_START_INTERRUPTED',
      message: 'The backend was stopped while it was starting',
    });
  });

  it('leaves no plugin ready behind', async () => {
    const phases: string[] = [];
    const reached = deferred();
    const backend = backendOf([
      plugin('p', {
        deps: { host: coreServices.rootHost, lifecycle: coreServices.lifecycle },
        init({ host, lifecycle }) {
          host.onChange((pluginId) => pluginId && phases.push(host.getPlugin(pluginId)!.phase));
          lifecycle.addStartupHook(() => {
            reached.resolve();
            return never;
          });
        },
      }),
    ]);
    const started = rejectionOf(backend.start());
    await reached.promise;
    await backend.stop();
    await started;
    expect(phases).toEqual(['stopping', 'stopped']);
  });

  it('ends one in which a check hangs', async () => {
    const backend = createSpecializedBackend({ checks: [() => never] });
    const started = rejectionOf(backend.start());
    await new Promise((resolve) => setImmediate(resolve));
    await backend.stop();
    expect((await started).code).toBe('ERR_RUNTIME_START_INTERRUPTED');
  });

  it('awaits a factory at work, so that what it makes is disposed of', async () => {
    const gate = deferred();
    const begun = deferred();
    const events: string[] = [];
    const backend = backendOf([
      createServiceFactory({
        service: createServiceRef<object>({ id: 'slow', scope: 'root' }),
        deps: {},
        async factory() {
          begun.resolve();
          await gate.promise;
          return { [Symbol.dispose]: () => events.push('disposed') };
        },
      }),
    ]);
    const started = rejectionOf(backend.start());
    await begun.promise;
    const stopped = backend.stop();
    gate.resolve();
    await stopped;
    expect(events).toEqual(['disposed']);
    expect((await started).code).toBe('ERR_RUNTIME_START_INTERRUPTED');
  });
});

const silent = {
  error() {},
  warn() {},
  info() {},
  debug() {},
  child() {
    return silent;
  },
};
