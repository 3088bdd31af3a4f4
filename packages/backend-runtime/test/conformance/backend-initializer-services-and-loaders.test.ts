import { describe, expect, it } from '@jest/globals';
import {
  coreServices,
  createBackendFeatureLoader,
  createServiceFactory,
  createServiceRef,
  type BackendFeature,
} from '@bulkhead/backend-plugin-api';
import { backendOf, module, plugin, problemsOf } from '../fixtures/features.ts';
import {
  continueAll,
  loader,
  many,
  manyRef,
  point,
  ref,
  rootRef,
  rootService,
  service,
} from '../fixtures/initializer.ts';

describe('BackendInitializer: services, loaders and modules', () => {
  it('1 module runs only if its plugin is installed', async () => {
    const events: string[] = [];
    const orphan = module('absent', 'm', { init: () => events.push('orphan') });
    const owned = module('present', 'm', { init: () => events.push('owned') });
    const present = plugin('present', { init: () => events.push('plugin') });
    expect(await problemsOf(backendOf([orphan, owned, present]))).toMatchObject([
      { code: 'ERR_RUNTIME_MISSING_PLUGIN' },
    ]);
    expect(events).toEqual([]);

    const tolerant = backendOf([orphan, owned, present], { config: continueAll });
    await tolerant.start();
    expect(events).toEqual(['owned', 'plugin']);
    await tolerant.stop();
  });

  it('2 root services: always and default instantiate, lazy does not', async () => {
    const made: string[] = [];
    const make = (id: string, initialization?: 'always' | 'lazy'): BackendFeature =>
      createServiceFactory({
        service: createServiceRef<unknown>({ id, scope: 'root' }),
        initialization,
        deps: {},
        factory: () => made.push(id),
      });
    const backend = backendOf([make('always', 'always'), make('default'), make('lazy', 'lazy')]);
    await backend.start();
    expect(made).toEqual(['always', 'default']);
    await backend.stop();
  });

  it('3 loader may supply root/plugin services, plugin, module', async () => {
    const events: string[] = [];
    const backend = backendOf([
      loader(
        rootService('root'),
        service('own'),
        plugin('p', { deps: { ref, rootRef }, init: (deps) => events.push(`plugin with ${deps.rootRef} ${deps.ref}`) }),
        module('p', 'm', { init: () => events.push('module') }),
      ),
    ]);
    await backend.start();
    expect(events).toEqual(['module', 'plugin with root own']);
    await backend.stop();
  });

  it("4 explicit service beats loader's and default's", async () => {
    const seen: string[] = [];
    const consumer = plugin('p', { deps: { rootRef }, init: (deps) => seen.push(deps.rootRef) });
    const defaults = [rootService('default') as never];
    for (const features of [
      [consumer, loader(rootService('loaded')), rootService('added')],
      [consumer, rootService('added'), loader(rootService('loaded'))],
      [consumer, loader(rootService('loaded'))],
      [consumer],
    ]) {
      const backend = backendOf(features, { serviceFactories: defaults });
      await backend.start();
      await backend.stop();
    }
    expect(seen).toEqual(['added', 'added', 'loaded', 'default']);
  });

  it('5 multiton collects default+added+loaded in order', async () => {
    let seen: unknown;
    const backend = backendOf(
      [
        loader(many('loaded')),
        many('added 1'),
        plugin('p', { deps: { manyRef }, init: (deps) => (seen = deps.manyRef) }),
        many('added 2'),
      ],
      { serviceFactories: [many('default')] },
    );
    await backend.start();
    expect(seen).toEqual(['default', 'added 1', 'added 2', 'loaded']);
    await backend.stop();
  });

  it('6 duplicates inside loader tolerated when overridden explicitly', async () => {
    let seen: unknown;
    const backend = backendOf([
      loader(rootService('one'), rootService('two')),
      rootService('added'),
      plugin('p', { deps: { rootRef }, init: (deps) => (seen = deps.rootRef) }),
    ]);
    await backend.start();
    expect(seen).toBe('added');
    await backend.stop();
  });

  it('7 same service from two loaders rejected', async () => {
    expect(await problemsOf(backendOf([loader(rootService('one')), loader(rootService('two'))]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_DUPLICATE_SERVICE',
        message: expect.stringContaining("Service 'the.root-service' is provided twice by feature loaders"),
      },
    ]);
  });

  it('8 cannot replace a service already instantiated by a loader dep', async () => {
    const greedy = createBackendFeatureLoader({
      deps: { rootRef },
      loader: () => [rootService('replacement')],
    });
    const backend = backendOf([greedy], { serviceFactories: [rootService('default') as never] });
    expect(await problemsOf(backend)).toMatchObject([
      {
        code: 'ERR_RUNTIME_SERVICE_ALREADY_CREATED',
        message: expect.stringMatching(/'the\.root-service' comes from the feature loader created at .*backend-init/),
      },
    ]);
  });

  it('9 loader may not depend on plugin scope (message names loader)', async () => {
    const illegal = createBackendFeatureLoader({
      // @ts-expect-error Loaders run before any plugin exists.
      deps: { ref },
      loader: () => [],
    });
    expect(await problemsOf(backendOf([illegal, service('own')]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_SCOPE',
        message: expect.stringMatching(
          /feature loader created at .*backend-init.* needs plugin service 'the\.service'/,
        ),
      },
    ]);
  });

  it('10 malformed feature reported with first bad field path', async () => {
    const native = { $$type: '@bulkhead/BackendFeature' };
    const cases: [unknown, string][] = [
      [undefined, '\'$$type\' should be "@bulkhead/BackendFeature", but it is undefined'],
      [{ some: 1 }, '\'$$type\' should be "@bulkhead/BackendFeature", but it is an object with the fields some'],
      [{ $$type: 'other' }, '\'$$type\' should be "@bulkhead/BackendFeature", but is "other"'],
      [
        { ...native, type: 'gadget' },
        '\'type\' should be "plugin" or "module" or "service" or "loader", but is "gadget"',
      ],
      [{ ...native, type: 'plugin', pluginId: 7 }, "'pluginId' should be a string, but is 7"],
      [{ ...native, type: 'plugin', pluginId: 'p' }, "'getRegistration' should be a function, but is missing"],
      [
        { ...native, type: 'service', service: { id: 'x', scope: 'world' } },
        '\'service.scope\' should be "plugin" or "root", but is "world"',
      ],
      [
        { ...native, type: 'service', service: rootRef, deps: { y: { id: 1 } } },
        "'deps.y.id' should be a string, but is 1",
      ],
      [{ ...native, type: 'service', service: rootRef, deps: [] }, "'deps' should be an object, but is an array"],
      [{ ...native, type: 'loader', description: 'd', deps: {} }, "'load' should be a function, but is missing"],
    ];
    const problems = await problemsOf(backendOf(cases.map(([feature]) => feature as never)));
    expect(problems.map(({ code, message }) => [code, message])).toEqual(
      cases.map(([, fault], index) => [
        'ERR_RUNTIME_INVALID_FEATURE',
        `Feature ${index + 1} in the order of backend.add() is not a feature: ${fault}`,
      ]),
    );
  });

  it('11 malformed loader output names loader and index', async () => {
    const bad = createBackendFeatureLoader({ loader: () => [plugin('p'), { not: 'a feature' } as never] });
    expect(await problemsOf(backendOf([bad]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_INVALID_FEATURE',
        message: expect.stringMatching(
          /^Feature 1 in the order of backend\.add\(\), from the loader created at .* at index 1 is not a feature: /,
        ),
      },
    ]);
  });

  const malformed = {
    ...plugin('bad'),
    getRegistration: () => ({ type: 'plugin', extensionPoints: [], init: { deps: { x: {} }, run: () => {} } }),
  } as never;

  it('12 malformed registration charged to its plugin, not allowed', async () => {
    expect(await problemsOf(backendOf([malformed, plugin('good')]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_INVALID_REGISTRATION',
        message:
          "The registration of plugin 'bad' is malformed: 'init.deps.x.$$type' should be a string, but is missing",
        pluginId: 'bad',
      },
    ]);
  });

  it('13 same but tolerated under continue, siblings run', async () => {
    const events: string[] = [];
    const backend = backendOf([malformed, plugin('good', { init: () => events.push('good') })], {
      config: continueAll,
    });
    await backend.start();
    expect(events).toEqual(['good']);
    expect(backend.lines).toContainEqual(
      expect.objectContaining({
        level: 'error',
        plugin: 'bad',
        meta: expect.objectContaining({ code: 'ERR_RUNTIME_LEFT_OUT' }),
      }),
    );
    await backend.stop();
  });

  it('14 features without featureType accepted', async () => {
    const events: string[] = [];
    const strip = (feature: BackendFeature): BackendFeature => ({ ...feature, type: undefined }) as never;
    const backend = backendOf([
      strip(plugin('p', { deps: { rootRef }, init: () => events.push('plugin') })),
      strip(module('p', 'm', { init: () => events.push('module') })),
      strip(loader(strip(rootService('loaded')))),
    ]);
    await backend.start();
    expect(events).toEqual(['module', 'plugin']);
    await backend.stop();
  });

  it('15 plugin services: only `always` is eager', async () => {
    const made: string[] = [];
    const make = (id: string, initialization?: 'always' | 'lazy'): BackendFeature =>
      createServiceFactory({
        service: createServiceRef<unknown>({ id }),
        initialization,
        deps: { metadata: coreServices.pluginMetadata },
        factory: ({ metadata }) => made.push(`${id} for ${metadata.getId()}`),
      });
    const services = [make('always', 'always'), make('default'), make('lazy', 'lazy')];
    const without = backendOf(services);
    await without.start();
    await without.stop();
    expect(made).toEqual([]);

    const backend = backendOf([...services, plugin('a'), plugin('b')]);
    await backend.start();
    expect(made.toSorted()).toEqual(['always for a', 'always for b']);
    await backend.stop();
  });

  it("16 consumers of a module's extension point run before it, in order", async () => {
    const events: string[] = [];
    const backend = backendOf([
      plugin('p', { init: () => events.push('plugin') }),
      module('p', 'provider', {
        offers: [[point, { add: (text: string) => events.push(text) }]],
        init: () => events.push('provider'),
      }),
      module('p', 'first', {
        deps: { point },
        init: (deps) => deps.point.add('first'),
      }),
      module('p', 'second', {
        deps: { point },
        init: (deps) => deps.point.add('second'),
      }),
    ]);
    await backend.start();
    expect(events).toEqual(['first', 'second', 'provider', 'plugin']);
    await backend.stop();
  });

  it('17 plugins and modules receive multiton arrays', async () => {
    const seen: unknown[] = [];
    const backend = backendOf([
      many('one'),
      many('two'),
      plugin('p', { deps: { manyRef }, init: (deps) => seen.push(deps.manyRef) }),
      module('p', 'm', { deps: { manyRef }, init: (deps) => seen.push(deps.manyRef) }),
    ]);
    await backend.start();
    expect(seen).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ]);
    await backend.stop();
  });
});
