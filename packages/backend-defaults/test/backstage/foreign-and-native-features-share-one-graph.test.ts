import { describe, expect, it } from '@jest/globals';
import {
  coreServices,
  createBackendFeatureLoader,
  createBackendModule,
  createBackendPlugin,
  createExtensionPoint,
  createServiceFactory,
  createServiceRef,
  type AnyServiceRef,
  type ExtensionPoint,
} from '@bulkhead/backend-plugin-api';
import { createExtensionPointMiddleware } from '@bulkhead/backend-runtime';
import { translateExtensionPointMiddleware } from '@bulkhead/backstage-interop';
import { backendOf, continueAll, problemsOf, running } from './fixtures/backend.ts';
import {
  moduleRegistration,
  offer,
  pluginRegistration,
  registering,
  wireFactory,
  wireLoader,
  wireModule,
  wirePlugin,
  wirePoint,
  wireRef,
  wireRootRef,
} from './fixtures/wire.ts';

interface Items {
  add(text: string): void;
}

const nativePoint = createExtensionPoint<Items>({ id: 'shared.items' });
const foreignPoint = wirePoint('shared.items');
const nativeRef = createServiceRef<string>({ id: 'shared.service' });
const foreignRef = wireRef('shared.service');

/** A native plugin that says what its modules left behind. */
function nativeOwner(items: string[]) {
  return createBackendPlugin({
    pluginId: 'p',
    register(env) {
      env.registerExtensionPoint(nativePoint, { add: (text) => void items.push(text) });
      env.registerInit({ deps: {}, init: async () => void items.push('plugin') });
    },
  });
}

function nativeModule(point: ExtensionPoint<Items>) {
  return createBackendModule({
    pluginId: 'p',
    moduleId: 'native',
    register(env) {
      env.registerInit({ deps: { items: point }, init: async ({ items }) => items.add('native module') });
    },
  });
}

const foreignModule = (point: object) =>
  wireModule('p', 'foreign', { deps: { items: point }, init: ({ items }) => items.add('foreign module') });

describe('extension points, which are matched by id', () => {
  it.each([
    ['named by itself', foreignPoint],
    ['named natively', nativePoint],
  ])('let a foreign module extend a native plugin, %s', async (_, point) => {
    const items: string[] = [];
    await running(backendOf([nativeOwner(items), foreignModule(point)]));
    expect(items).toEqual(['foreign module', 'plugin']);
  });

  it.each([
    ['named natively', nativePoint],
    ['named by the foreign package', foreignPoint as unknown as ExtensionPoint<Items>],
  ])('let a native module extend a foreign plugin, %s', async (_, point) => {
    const items: string[] = [];
    const add = (text: string) => void items.push(text);
    const owner = wirePlugin('p', {
      offers: [offer(foreignPoint, () => ({ add }))],
      init: () => items.push('plugin'),
    });
    await running(backendOf([owner, nativeModule(point), foreignModule(foreignPoint)]));
    expect(items.toSorted()).toEqual(['foreign module', 'native module', 'plugin']);
    expect(items.at(-1)).toBe('plugin');
  });

  it('may be offered by a native module to a foreign one', async () => {
    const items: string[] = [];
    const provider = createBackendModule({
      pluginId: 'p',
      moduleId: 'provider',
      register(env) {
        env.registerExtensionPoint(nativePoint, { add: (text) => void items.push(text) });
        env.registerInit({ deps: {}, init: async () => void items.push('provider') });
      },
    });
    await running(backendOf([provider, foreignModule(foreignPoint), wirePlugin('p')]));
    expect(items).toEqual(['foreign module', 'provider']);
  });

  it('belong to one plugin, whoever asks', async () => {
    const problems = await problemsOf(
      backendOf([nativeOwner([]), wirePlugin('other'), wireModule('other', 'm', { deps: { items: foreignPoint } })]),
    );
    expect(problems).toMatchObject([{ code: 'ERR_RUNTIME_FOREIGN_EXTENSION_POINT', pluginId: 'other', moduleId: 'm' }]);
  });

  it('can be wrapped by middleware of both kinds, which may take its time', async () => {
    const items: string[] = [];
    const marking = (mark: string) => (original: Items) => ({ add: (text: string) => original.add(`${mark} ${text}`) });
    const extensionPointMiddleware = [
      translateExtensionPointMiddleware({
        $$type: '@backstage/ExtensionPointFactoryMiddleware',
        version: 'v1',
        extensionPointId: 'shared.items',
        middleware: async (original: Items) => marking('foreign')(original),
      }),
      createExtensionPointMiddleware({ extensionPoint: nativePoint, wrap: marking('native') }),
      createExtensionPointMiddleware({
        extensionPoint: createExtensionPoint<Items>({ id: 'other' }),
        wrap: marking('-'),
      }),
    ];
    await running(backendOf([nativeOwner(items), foreignModule(foreignPoint)], { extensionPointMiddleware }));
    expect(items).toEqual(['foreign native foreign module', 'plugin']);
  });
});

describe('services, which are matched by id', () => {
  const seenBy = (seen: unknown[]) => [
    wirePlugin('foreign', { deps: { value: foreignRef }, init: ({ value }) => seen.push(value) }),
    createBackendPlugin({
      pluginId: 'native',
      register(env) {
        env.registerInit({ deps: { value: nativeRef }, init: async ({ value }) => void seen.push(value) });
      },
    }),
  ];
  const ours = createServiceFactory({ service: nativeRef, deps: {}, factory: () => 'ours' });
  const theirs = wireFactory(foreignRef, {}, () => 'theirs');

  it('come from foreign factories in place of ours', async () => {
    const seen: unknown[] = [];
    await running(backendOf([...seenBy(seen), theirs], { serviceFactories: [ours] }));
    expect(seen).toEqual(['theirs', 'theirs']);
  });

  it('come from our factories in place of foreign defaults', async () => {
    const seen: unknown[] = [];
    const withDefault = wireRef('shared.service', { __defaultFactory: async () => theirs });
    const user = wirePlugin('third', { deps: { value: withDefault }, init: ({ value }) => seen.push(value) });
    await running(backendOf([...seenBy(seen), user, ours]));
    expect(seen).toEqual(['ours', 'ours', 'ours']);
  });

  it('bring their default factory to native features that name them', async () => {
    const seen: unknown[] = [];
    const named = wireRef('shared.service', { __defaultFactory: async () => theirs }) as unknown as typeof nativeRef;
    const derived = createServiceRef<string>({ id: 'derived' });
    const plugin = createBackendPlugin({
      pluginId: 'p',
      register(env) {
        env.registerInit({ deps: { named, derived }, init: async (deps) => void seen.push(deps.named, deps.derived) });
      },
    });
    const factory = createServiceFactory({
      service: derived,
      deps: { named },
      factory: (deps) => `from ${deps.named}`,
    });
    await running(backendOf([plugin, factory]));
    expect(seen).toEqual(['theirs', 'from theirs']);
  });

  it('can be made by native factories for foreign names, and by foreign ones for native names', async () => {
    const seen: unknown[] = [];
    const native = createServiceFactory({
      service: foreignRef as unknown as typeof nativeRef,
      deps: {},
      factory: () => 'native factory',
    });
    await running(backendOf([...seenBy(seen), native]));
    await running(
      backendOf([...seenBy(seen), wireFactory(nativeRef, { m: coreServices.pluginMetadata }, ({ m }) => m.getId())]),
    );
    expect(seen).toEqual(['native factory', 'native factory', 'foreign', 'native']);
  });

  it('are needed by native loaders under foreign names, too', async () => {
    const seen: unknown[] = [];
    const root = wireRootRef('a.root', { __defaultFactory: async (ref) => wireFactory(ref, {}, () => 'root') });
    const loader = createBackendFeatureLoader({
      deps: { root: root as unknown as AnyServiceRef as never },
      loader: (deps: { root: unknown }) => (seen.push(deps.root), []),
    });
    await running(backendOf([loader]));
    expect(seen).toEqual(['root']);
  });
});

describe('feature loaders', () => {
  it('yield features of both kinds', async () => {
    const ids: string[] = [];
    const native = (id: string) =>
      createBackendPlugin({
        pluginId: id,
        register: (env) => env.registerInit({ deps: {}, init: async () => void ids.push(id) }),
      });
    const foreign = (id: string) => wirePlugin(id, { init: () => ids.push(id) });
    await running(
      backendOf([
        wireLoader(() => [native('a'), foreign('b'), createBackendFeatureLoader({ loader: () => [native('c')] })]),
        createBackendFeatureLoader({ loader: () => [foreign('d') as never, wireLoader(() => [native('e')]) as never] }),
      ]),
    );
    expect(ids.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('backend.add(foreign, { pluginId })', () => {
  const storage = (seen: Record<string, string[]>) =>
    registering(() => {
      const items: string[] = [];
      return [
        pluginRegistration('s3', {
          offers: [offer(foreignPoint, () => ({ add: (text: string) => items.push(text) }))],
          deps: { metadata: wireRef('core.pluginMetadata') },
          init: ({ metadata }) => (seen[metadata.getId()] = items),
        }),
      ];
    });
  const adds = (moduleId: string) =>
    wireModule('s3', moduleId, { deps: { items: foreignPoint }, init: ({ items }) => items.add(moduleId) });

  it('installs instances that share nothing, each with the modules that are sent to it', async () => {
    const seen: Record<string, string[]> = {};
    const plugin = storage(seen);
    const backend = backendOf([plugin, adds('one')]);
    backend.add(plugin, { pluginId: 'minio' });
    backend.add(adds('two'), { pluginId: 'minio' });
    await running(backend);
    expect(seen).toEqual({ s3: ['one'], minio: ['two'] });
  });

  it('takes modules along that the same feature registers', async () => {
    const events: string[] = [];
    const both = registering(() => [
      pluginRegistration('s3', { init: () => events.push('plugin') }),
      moduleRegistration('s3', 'm', { init: () => events.push('module') }),
    ]);
    const backend = backendOf([]);
    backend.add(both, { pluginId: 'minio' });
    const { plugins } = await backend.plan();
    expect(plugins).toMatchObject([{ pluginId: 'minio', declaredPluginId: 's3', modules: [{ moduleId: 'm' }] }]);
    await running(backend);
    expect(events).toEqual(['module', 'plugin']);
  });

  it('is refused for what registers several plugins, and for what belongs to none', async () => {
    const backend = backendOf([]);
    backend.add(
      registering(() => [pluginRegistration('a'), pluginRegistration('b')]),
      { pluginId: 'c' },
    );
    backend.add(
      wireFactory(foreignRef, {}, () => ''),
      { pluginId: 'd' },
    );
    expect(await problemsOf(backend)).toMatchObject([
      {
        code: 'ERR_RUNTIME_INVALID_INSTALLATION',
        message: "Feature 1 in the order of backend.add() registers for 'a' and 'b', so it cannot be installed as 'c'",
      },
      { code: 'ERR_RUNTIME_INVALID_INSTALLATION' },
    ]);
  });
});

describe('what a host knows of foreign plugins', () => {
  it('is the same as of native ones: instance metadata, report, selection, policy', async () => {
    let installed: unknown;
    const reader = wirePlugin('reader', {
      deps: { metadata: wireRootRef('core.rootInstanceMetadata') },
      init: async ({ metadata }) => (installed = await metadata.getInstalledPlugins()),
    });
    const backend = backendOf(
      [
        reader,
        wirePlugin('p'),
        wireModule('p', 'm'),
        wireModule('absent', 'n'),
        wirePlugin('elsewhere'),
        nativeOwner([]),
      ],
      { config: continueAll, select: () => (id) => id !== 'elsewhere' },
    );
    expect((await backend.plan()).leftOut.map(({ pluginId, reason }) => [pluginId, reason])).toEqual([
      ['elsewhere', 'unselected'],
      ['p', 'failure'],
      ['absent', 'failure'],
    ]);
    await running(backend);
    expect(installed).toEqual([{ pluginId: 'reader', modules: [] }]);

    const sound = backendOf([reader, wirePlugin('p'), wireModule('p', 'm')]);
    const report = await sound.start();
    expect(installed).toEqual([
      { pluginId: 'reader', modules: [] },
      { pluginId: 'p', modules: [{ moduleId: 'm' }] },
    ]);
    expect(Object.isFrozen((installed as { modules: object[] }[])[1]!.modules[0])).toBe(true);
    expect(report.plugins.map(({ pluginId, modules }) => [pluginId, modules.length]).toSorted()).toEqual([
      ['p', 1],
      ['reader', 0],
    ]);
    await sound.stop();
  });
});
