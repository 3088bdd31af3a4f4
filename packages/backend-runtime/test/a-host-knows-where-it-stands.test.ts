import { describe, expect, it } from '@jest/globals';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  type RootHostService,
} from '@bulkhead/backend-plugin-api';
import type { BackendStartupError } from '../src/index.ts';
import { backendOf, deferred, module, plugin, rejectionOf } from './fixtures/features.ts';

/** A plugin that hands out the host service as soon as it exists. */
function observer(seen: (host: RootHostService) => void): ReturnType<typeof createServiceFactory> {
  return createServiceFactory({
    service: createServiceRef<object>({ id: 'observer', scope: 'root' }),
    deps: { host: coreServices.rootHost },
    factory: ({ host }) => {
      seen(host);
      return {};
    },
  });
}

const continueAll = { backend: { startup: { default: { onPluginBootFailure: 'continue' } } } };

describe('rootHost', () => {
  it('tells the phase of the host and of each plugin, and each change of it', async () => {
    const changes: string[] = [];
    let host!: RootHostService;
    const backend = backendOf(
      [
        plugin('fine'),
        plugin('broken', {
          init() {
            throw new Error('broken');
          },
        }),
        observer((service) => {
          host = service;
          expect(service.getPlugins().map(({ phase }) => phase)).toEqual(['waiting', 'waiting']);
          service.onChange((id) =>
            changes.push(id === undefined ? `host ${service.getPhase()}` : `${id} ${service.getPlugin(id)!.phase}`),
          );
        }),
      ],
      { config: continueAll },
    );
    await backend.start();
    expect(changes.filter((change) => change.startsWith('fine'))).toEqual(['fine starting', 'fine ready']);
    expect(changes.filter((change) => change.startsWith('broken'))).toEqual(['broken starting', 'broken failed']);
    expect(changes.at(-1)).toBe('host ready');
    expect(host.getPlugin('broken')).toMatchObject({ phase: 'failed', failure: new Error('broken') });
    expect(host.getPlugin('unknown')).toBeUndefined();
    expect(host.getStartupReport()).toMatchObject({ outcome: 'success' });
    changes.length = 0;
    await backend.stop();
    expect(changes).toEqual(['host draining', 'fine stopping', 'fine stopped', 'host stopped']);
  });

  it('keeps the latest ten faults of a plugin and counts all', async () => {
    let host!: RootHostService;
    const backend = backendOf([plugin('p'), observer((service) => (host = service))]);
    await backend.start();
    for (let index = 1; index <= 12; index++) host.reportFault('p', new Error(`fault ${index}`));
    host.reportFault('p', 'no error');
    const { faults, faultCount } = host.getPlugin('p')!;
    expect(faultCount).toBe(13);
    expect(faults).toHaveLength(10);
    expect(faults.at(0)!.error.message).toBe('fault 4');
    expect(faults.at(-1)).toMatchObject({
      at: expect.any(Date),
      error: { code: 'ERR_RUNTIME_NO_ERROR_THROWN', message: 'Something that is no error was thrown: "no error"' },
    });
    expect(backend.lines.filter(({ plugin: id, level }) => id === 'p' && level === 'error')).toHaveLength(13);
    host.reportFault('not-there', new Error('whose?'));
    expect(backend.lines.at(-1)).toMatchObject({ level: 'error', plugin: 'not-there' });
    await backend.stop();
  });

  it('survives a listener that throws, and forgets one that has ended', async () => {
    let host!: RootHostService;
    const calls: unknown[] = [];
    const backend = backendOf([plugin('p'), observer((service) => (host = service))]);
    await backend.start();
    host.onChange(() => {
      throw new Error('bad listener');
    });
    const end = host.onChange((id) => calls.push(id));
    host.reportFault('p', new Error('one'));
    end();
    host.reportFault('p', new Error('two'));
    expect(calls).toEqual(['p']);
    expect(backend.lines).toContainEqual({
      level: 'error',
      message: 'A listener of the host failed',
      meta: new Error('bad listener'),
    });
    await backend.stop();
  });
});

describe('the startup report', () => {
  it('tells what was started, how long it took and what it waited for', async () => {
    const slow = createServiceRef<string>({ id: 'slow', scope: 'root' });
    const own = createServiceRef<string>({ id: 'own' });
    const backend = backendOf([
      createServiceFactory({ service: slow, deps: {}, factory: () => 'slow' }),
      createServiceFactory({ service: own, deps: { slow }, factory: () => 'own' }),
      plugin('p', { deps: { own } }),
      module('p', 'm', { deps: { slow } }),
    ]);
    const { steps, beginAt, resultAt } = await backend.start();
    expect(
      steps.map(({ type, id, pluginId, waitedFor, outcome }) => ({ type, id, pluginId, waitedFor, outcome })),
    ).toEqual([
      { type: 'service', id: 'core.rootLogger', pluginId: undefined, waitedFor: [], outcome: 'success' },
      ...['core.rootInstanceMetadata', 'core.rootHost', 'core.rootLifecycle', 'slow'].map((id) => ({
        type: 'service',
        id,
        pluginId: undefined,
        waitedFor: [],
        outcome: 'success',
      })),
      { type: 'module', id: 'm', pluginId: 'p', waitedFor: ['slow'], outcome: 'success' },
      { type: 'service', id: 'own', pluginId: 'p', waitedFor: ['slow'], outcome: 'success' },
      { type: 'plugin', id: 'p', pluginId: undefined, waitedFor: ['own', 'm'], outcome: 'success' },
    ]);
    for (const { startedAt, duration } of steps) {
      expect(startedAt).toBeGreaterThanOrEqual(0);
      expect(duration).toBeGreaterThanOrEqual(0);
    }
    expect(resultAt.getTime()).toBeGreaterThanOrEqual(beginAt.getTime());
    await backend.stop();
  });

  it('is a line in the log', async () => {
    const backend = backendOf([plugin('p'), plugin('q', { init: () => Promise.reject(new Error('q')) })], {
      config: continueAll,
    });
    await backend.start();
    expect(backend.lines.filter(({ level }) => level === 'info')).toEqual([
      {
        level: 'info',
        message: expect.stringMatching(/^The start took [\d.]+ m?s; 2 plugins; without q/),
        meta: undefined,
      },
    ]);
    await backend.stop();
  });

  it('names what failed with its reason, root services included', async () => {
    const bad = createServiceFactory({
      service: createServiceRef<object>({ id: 'bad', scope: 'root' }),
      deps: {},
      factory: () => {
        throw new Error('no root');
      },
    });
    const worse = createServiceFactory({
      service: createServiceRef<object>({ id: 'worse', scope: 'root' }),
      deps: {},
      factory: () => Promise.reject(new Error('no root either')),
    });
    const started: string[] = [];
    const error = await rejectionOf(backendOf([bad, worse, plugin('p', { init: () => started.push('p') })]).start());
    expect(error).toMatchObject({
      code: 'ERR_RUNTIME_STARTUP_FAILED',
      message: "The backend could not start: service 'bad' and service 'worse' failed",
      report: { outcome: 'failure' },
    });
    const { steps } = (error as never as { report: { steps: { id: string; reason?: string }[] } }).report;
    expect(steps.find(({ id }) => id === 'bad')).toMatchObject({ outcome: 'failure', reason: 'no root' });
    expect(started).toEqual([]);
  });

  it('takes an init that throws nothing at all for one that failed', async () => {
    const init = (): Promise<void> => {
      const { promise, reject } = deferred();
      reject(undefined);
      return promise;
    };
    const error = await rejectionOf(backendOf([plugin('p', { init })]).start());
    const { steps } = (error as BackendStartupError).report;
    expect(steps.find(({ id }) => id === 'p')).toMatchObject({ outcome: 'failure' });
  });

  it('says which logger could not be made, where nothing else can', async () => {
    const logger = createServiceFactory({
      service: coreServices.rootLogger,
      deps: {},
      factory: (): never => {
        throw new Error('no log');
      },
    });
    const { createSpecializedBackend } = await import('../src/index.ts');
    const error = await rejectionOf(createSpecializedBackend({ serviceFactories: [logger] }).start());
    expect(error.message).toBe("The backend could not start: service 'core.rootLogger' failed");
  });
});

describe('a start that takes long', () => {
  it('says in the log what is still under way', async () => {
    const gate = deferred();
    const database = createServiceRef<string>({ id: 'database' });
    const backend = backendOf(
      [
        createServiceFactory({
          service: database,
          deps: {},
          async factory() {
            await gate.promise;
            return 'db';
          },
        }),
        plugin('a', { deps: { database } }),
        plugin('b', { init: () => gate.promise }),
        ...Array.from({ length: 10 }, (_, index) => plugin(`p${index}`, { init: () => gate.promise })),
      ],
      { settings: { slowStartInterval: 1 } },
    );
    const started = backend.start();
    while (!backend.lines.some(({ level }) => level === 'warn')) await new Promise((resolve) => setImmediate(resolve));
    gate.resolve();
    await started;
    expect(backend.lines.find(({ level }) => level === 'warn')!.message).toMatch(
      /^Still starting: plugin 'a' \(it waits for 'database'; what has not returned is the factory of 'database'\), plugin 'b' \(its init has not returned\), .* and 2 more$/,
    );
    await backend.stop();
  });

  it.each([0, 2 ** 31])('says nothing when the interval is %i ms: none, or longer than any timer', async (interval) => {
    const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
    const backend = backendOf([plugin('p', { init: later })], { settings: { slowStartInterval: interval } });
    await backend.start();
    expect(backend.lines.filter(({ level }) => level === 'warn')).toEqual([]);
    await backend.stop();
  });

  it('ends when the time of a plugin is up: its own time, if it has one', async () => {
    const never = new Promise<never>(() => {});
    const database = createServiceRef<string>({ id: 'database' });
    const backend = backendOf(
      [
        createServiceFactory({ service: database, deps: {}, factory: () => never }),
        plugin('waits', { deps: { database } }),
        plugin('patient', { init: () => new Promise((resolve) => setImmediate(resolve)) }),
        plugin('p'),
        module('p', 'm', { init: () => never }),
      ],
      {
        config: {
          backend: { startup: { timeout: '1h', plugins: { waits: { timeout: '5ms' }, p: { timeout: '6ms' } } } },
        },
        settings: { shutdownTimeout: 5 },
      },
    );
    const error = (await rejectionOf(backend.start())) as Error & { errors: Error[] };
    expect(error.errors.map(({ cause }) => cause)).toMatchObject([
      {
        code: 'ERR_RUNTIME_START_TIMEOUT',
        message:
          "Plugin 'waits' did not start within 5 ms: it waits for 'database'; what has not returned is the factory of 'database'",
        hint: 'Find out what it waits for, or allow more time with backend.startup.plugins.waits.timeout.',
      },
      { message: "Module 'm' of plugin 'p' did not start within 6 ms: its init has not returned" },
    ]);
  });

  it('ends when the time of a root service is up', async () => {
    const hangs = createServiceRef<object>({ id: 'hangs', scope: 'root' });
    const features = [
      createServiceFactory({ service: hangs, deps: {}, factory: () => new Promise<never>(() => {}) }),
      createServiceFactory({
        service: createServiceRef<object>({ id: 'waits', scope: 'root' }),
        deps: { hangs },
        factory: () => ({}),
      }),
    ];
    const settings = { startupTimeout: 5, shutdownTimeout: 5 };
    const error = (await rejectionOf(backendOf(features, { settings }).start())) as Error & { errors: Error[] };
    expect(error.errors.map(({ cause }) => cause)).toMatchObject([
      { code: 'ERR_RUNTIME_DEADLINE_EXCEEDED', message: "Creating service 'hangs' did not end within 5 ms" },
      { message: "Creating service 'waits', which waits for 'hangs', did not end within 5 ms" },
    ]);
  });
});
