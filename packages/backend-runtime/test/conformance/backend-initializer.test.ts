import { describe, expect, it } from '@jest/globals';
import {
  coreServices,
  createBackendFeatureLoader,
  createBackendPlugin,
  createExtensionPoint,
  createServiceFactory,
  createServiceRef,
  type BackendFeature,
  type ExtensionPointContext,
  type StartupReport,
} from '@bulkhead/backend-plugin-api';
import { BackendStartupError, createExtensionPointMiddleware, createSpecializedBackend } from '../../src/index.ts';
import { backendOf, deferred, module, plugin, problemsOf, rejectionOf, stderrOf } from '../fixtures/features.ts';

const ref = createServiceRef<string>({ id: 'the.service' });
const rootRef = createServiceRef<string>({ id: 'the.root-service', scope: 'root' });
const manyRef = createServiceRef<string>({ id: 'many', scope: 'root', multiton: true });
const point = createExtensionPoint<{ add(text: string): void }>({ id: 'test.point' });

const service = (value: string, service = ref): BackendFeature =>
  createServiceFactory({ service, deps: {}, factory: () => value });
const rootService = (value: string): BackendFeature =>
  createServiceFactory({ service: rootRef, deps: {}, factory: () => value });
const many = (value: string): ReturnType<typeof createServiceFactory> =>
  createServiceFactory({ service: manyRef, deps: {}, factory: () => value });
const loader = (...features: BackendFeature[]): BackendFeature =>
  createBackendFeatureLoader({ loader: () => features });
const failing = (message: string) => (): never => {
  throw new Error(message);
};

const continueAll = {
  backend: { startup: { default: { onPluginBootFailure: 'continue', onPluginModuleBootFailure: 'continue' } } },
};

/** The report of a start that must fail. */
async function failedReport(start: Promise<unknown>): Promise<StartupReport> {
  const error = await rejectionOf(start);
  expect(error).toBeInstanceOf(BackendStartupError);
  return (error as BackendStartupError).report;
}

describe('BackendInitializer', () => {
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

  it('18 plugin init error forwarded', async () => {
    const thrown = new Error('no way');
    const error = await rejectionOf(
      backendOf([
        plugin('p', {
          init() {
            throw thrown;
          },
        }),
      ]).start(),
    );
    expect(error).toMatchObject({
      code: 'ERR_RUNTIME_STARTUP_FAILED',
      message: "The backend could not start: plugin 'p' failed",
    });
    expect(error.cause).toBe(thrown);
  });

  const failingPlugin = plugin('p', { init: failing('no way') });
  const failingModule = module('p', 'm', { init: failing('no way') });
  const policy = (startup: object): { config: never } => ({ config: { backend: { startup } } as never });

  it('19-20 continue per plugin / by default', async () => {
    for (const startup of [
      { plugins: { p: { onPluginBootFailure: 'continue' } } },
      { default: { onPluginBootFailure: 'continue' } },
    ]) {
      const backend = backendOf([failingPlugin, plugin('q')], policy(startup));
      await expect(backend.start()).resolves.toMatchObject({ outcome: 'success' });
      await backend.stop();
    }
  });

  it('21 explicit abort beats default continue', async () => {
    const startup = { default: { onPluginBootFailure: 'continue' }, plugins: { p: { onPluginBootFailure: 'abort' } } };
    const error = await rejectionOf(backendOf([failingPlugin], policy(startup)).start());
    expect(error.code).toBe('ERR_RUNTIME_STARTUP_FAILED');
  });

  it('22 module error forwarded', async () => {
    const error = await rejectionOf(backendOf([plugin('p'), failingModule]).start());
    expect(error).toMatchObject({
      message: "The backend could not start: module 'm' of plugin 'p' failed",
      cause: new Error('no way'),
    });
  });

  it('23 continue per module', async () => {
    const startup = { plugins: { p: { modules: { m: { onPluginModuleBootFailure: 'continue' } } } } };
    const backend = backendOf([plugin('p'), failingModule], policy(startup));
    await expect(backend.start()).resolves.toMatchObject({ outcome: 'success' });
    await backend.stop();
  });

  it('24 extension point may report a module failure later; result amended, allowed flag kept', async () => {
    const reporting = (): BackendFeature[] => {
      const reports: (() => void)[] = [];
      const factory = ({ reportModuleStartupFailure }: ExtensionPointContext): unknown => {
        reports.push(() => reportModuleStartupFailure({ error: new Error('found faulty') }));
        return {};
      };
      return [
        plugin('p', {
          offers: [{ extensionPoint: point, factory }],
          init: () => reports.forEach((report) => report()),
        }),
        module('p', 'm', { deps: { point } }),
      ];
    };
    const report = await failedReport(backendOf(reporting()).start());
    const amended = (allowed: boolean): object => ({
      pluginId: 'p',
      modules: [{ moduleId: 'm', failure: { error: new Error('found faulty'), allowed } }],
    });
    expect(report.plugins).toMatchObject([amended(false)]);

    const tolerant = backendOf(reporting(), { config: continueAll });
    expect((await tolerant.start()).plugins).toMatchObject([amended(true)]);
    await tolerant.stop();
  });

  it('24 extension point may report a module failure during its init and after the start', async () => {
    const contextPoint = createExtensionPoint<ExtensionPointContext>({ id: 'test.context' });
    let late: ExtensionPointContext | undefined;
    const factory = (context: ExtensionPointContext): ExtensionPointContext => context;
    const features = (init: (context: ExtensionPointContext) => void): BackendFeature[] => [
      plugin('p', { offers: [{ extensionPoint: contextPoint, factory }] }),
      module('p', 'm', { deps: { contextPoint }, init: (deps) => init(deps.contextPoint) }),
    ];
    const early = backendOf(features((context) => context.reportModuleStartupFailure({ error: new Error('early') })));
    expect((await failedReport(early.start())).plugins).toMatchObject([
      { modules: [{ moduleId: 'm', failure: { error: new Error('early'), allowed: false } }] },
    ]);

    const running = backendOf(features((context) => (late = context)));
    const report = await running.start();
    late!.reportModuleStartupFailure({ error: new Error('late') });
    expect(report.plugins).toMatchObject([{ modules: [{ failure: { error: new Error('late'), allowed: false } }] }]);
    expect(running.lines).toContainEqual({
      level: 'error',
      plugin: 'p',
      message: "Plugin 'p' has a fault",
      meta: new Error('late'),
    });
    await running.stop();
  });

  it('25 default module continue', async () => {
    const backend = backendOf(
      [plugin('p'), failingModule],
      policy({ default: { onPluginModuleBootFailure: 'continue' } }),
    );
    await expect(backend.start()).resolves.toMatchObject({ outcome: 'success' });
    await backend.stop();
  });

  it('26 explicit module abort', async () => {
    const startup = {
      default: { onPluginModuleBootFailure: 'continue' },
      plugins: { p: { modules: { m: { onPluginModuleBootFailure: 'abort' } } } },
    };
    const error = await rejectionOf(backendOf([plugin('p'), failingModule], policy(startup)).start());
    expect(error.code).toBe('ERR_RUNTIME_STARTUP_FAILED');
  });

  it('27 module failure without any services installed', async () => {
    const backend = createSpecializedBackend();
    backend.add(plugin('p'));
    backend.add(failingModule);
    expect(await stderrOf(() => failedReport(backend.start()))).toBe(
      "error: Module 'm' of plugin 'p' failed to start\nError: no way\n",
    );
  });

  it('28 duplicate plugin rejected through result', async () => {
    expect(await problemsOf(backendOf([plugin('p'), plugin('q'), plugin('p')]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_DUPLICATE_PLUGIN',
        message:
          "Plugin 'p' is installed more than once: feature 1 in the order of backend.add(), feature 3 in the order of backend.add()",
      },
    ]);
  });

  it('29 duplicate module rejected', async () => {
    expect(await problemsOf(backendOf([plugin('p'), module('p', 'm'), module('p', 'm')]))).toMatchObject([
      { code: 'ERR_RUNTIME_DUPLICATE_MODULE', pluginId: 'p', moduleId: 'm' },
    ]);
  });

  const throwing = createBackendPlugin({ pluginId: 'throws', register: failing('register fails') });

  it('30 others still start when one has a registration error', async () => {
    // Nothing runs before the graph is sound, so the others' registrations are checked, and they start under `continue`.
    const problems = await problemsOf(backendOf([throwing, plugin('a'), plugin('a')]));
    expect(problems.map(({ code }) => code)).toEqual(['ERR_RUNTIME_REGISTER_FAILED', 'ERR_RUNTIME_DUPLICATE_PLUGIN']);
  });

  it('31 registration error tolerable by config', async () => {
    const events: string[] = [];
    const backend = backendOf(
      [
        throwing,
        module('throws', 'm', { init: () => events.push('its module') }),
        plugin('b', { init: () => events.push('b') }),
      ],
      policy({ plugins: { throws: { onPluginBootFailure: 'continue' } } }),
    );
    await backend.start();
    expect(events).toEqual(['b']);
    await backend.stop();
  });

  it('32 duplicate extension point charged to second plugin', async () => {
    const offers = [[point, {}]] as const;
    expect(await problemsOf(backendOf([plugin('one', { offers }), plugin('two', { offers })]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_DUPLICATE_EXTENSION_POINT',
        message: "Extension point 'test.point' of plugin 'two' is already registered by plugin 'one'",
        pluginId: 'two',
      },
    ]);
  });

  it('33 invalid registration type charged to plugin id', async () => {
    const odd = { ...plugin('odd'), getRegistration: () => ({ ...plugin('odd').getRegistration(), type: 'gadget' }) };
    expect(await problemsOf(backendOf([odd as never]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_INVALID_REGISTRATION',
        message: 'The registration of plugin \'odd\' is malformed: \'type\' should be "plugin", but is "gadget"',
        pluginId: 'odd',
      },
    ]);
  });

  it('34 module cycle message lists ring', async () => {
    const other = createExtensionPoint<unknown>({ id: 'test.other' });
    const problems = await problemsOf(
      backendOf([
        plugin('p'),
        module('p', 'a', { offers: [[point, {}]], deps: { other } }),
        module('p', 'b', { offers: [[other, {}]], deps: { point } }),
      ]),
    );
    expect(problems).toMatchObject([
      {
        code: 'ERR_RUNTIME_MODULE_CYCLE',
        message: "Modules of plugin 'p' wait for each other: 'a' -> 'b' -> 'a'",
        pluginId: 'p',
      },
    ]);
  });

  it('35 foreign extension point rejected', async () => {
    const problems = await problemsOf(
      backendOf([
        plugin('owner', { offers: [[point, {}]] }),
        plugin('other'),
        module('other', 'm', { deps: { point } }),
        plugin('greedy', { deps: { point: point as never } }),
      ]),
    );
    expect(problems).toMatchObject([
      {
        code: 'ERR_RUNTIME_FOREIGN_EXTENSION_POINT',
        message: "Module 'm' of plugin 'other' needs extension point 'test.point', which belongs to plugin 'owner'",
      },
      {
        code: 'ERR_RUNTIME_UNKNOWN_EXTENSION_POINT',
        message: "Plugin 'greedy' depends on extension point 'test.point', which only modules can",
      },
    ]);
  });

  it('36 missing plugin deps listed', async () => {
    const problems = await problemsOf(backendOf([plugin('p', { deps: { ref, rootRef } })]));
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['ERR_RUNTIME_MISSING_SERVICE', "Nobody provides service 'the.service': plugin 'p' -> ?"],
      ['ERR_RUNTIME_MISSING_SERVICE', "Nobody provides service 'the.root-service': plugin 'p' -> ?"],
    ]);
  });

  it('37 missing module deps listed', async () => {
    const problems = await problemsOf(backendOf([plugin('p'), module('p', 'm', { deps: { ref, rootRef } })]));
    expect(problems.map(({ message }) => message)).toEqual([
      "Nobody provides service 'the.service': module 'm' of plugin 'p' -> ?",
      "Nobody provides service 'the.root-service': module 'm' of plugin 'p' -> ?",
    ]);
  });

  it('38 zero/one/two default wrappers accepted', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `p${index}`);
    const [a, b, c, d, e, f, g, h] = names.map((name) => plugin(name));
    const backend = backendOf([
      a!,
      { default: b! },
      { default: { default: c! } },
      Promise.resolve(d!),
      Promise.resolve({ default: e! }),
      Promise.resolve({ default: { default: f! } }),
      async () => ({ default: g! }),
      Object.assign(() => {}, h),
    ]);
    const { plugins } = await backend.start();
    expect(plugins.map(({ pluginId }) => pluginId).toSorted()).toEqual(names);
    await backend.stop();

    const tooDeep = { default: { default: { default: plugin('deep') } } };
    expect(await problemsOf(backendOf([tooDeep as never]))).toMatchObject([{ code: 'ERR_RUNTIME_INVALID_FEATURE' }]);
  });

  describe('instance metadata', () => {
    const installed = async (features: readonly BackendFeature[]): Promise<unknown> => {
      let seen: unknown;
      const backend = backendOf(
        [
          ...features,
          plugin('reader', {
            deps: { metadata: coreServices.rootInstanceMetadata },
            init: async ({ metadata }) => (seen = await metadata.getInstalledPlugins()),
          }),
        ],
        { config: continueAll },
      );
      await backend.start();
      await backend.stop();
      return seen;
    };

    it('39 instance metadata lists plugins+modules', async () => {
      expect(await installed([plugin('p'), module('p', 'm'), module('p', 'n')])).toEqual([
        { pluginId: 'p', modules: [{ moduleId: 'm' }, { moduleId: 'n' }] },
        { pluginId: 'reader', modules: [] },
      ]);
    });

    it('40 omits orphan modules', async () => {
      expect(await installed([module('absent', 'm')])).toEqual([{ pluginId: 'reader', modules: [] }]);
    });

    it('41 is frozen', async () => {
      const list = (await installed([plugin('p'), module('p', 'm')])) as { modules: object[] }[];
      for (const part of [list, list[0]!, list[0]!.modules, list[0]!.modules[0]!]) {
        expect(Object.isFrozen(part)).toBe(true);
      }
    });
  });

  it('42 provider waits for slow and fast consumers', async () => {
    const slow = deferred();
    const fastDone = deferred();
    const events: string[] = [];
    const backend = backendOf([
      plugin('p', { init: () => events.push('plugin') }),
      module('p', 'provider', { offers: [[point, {}]], init: () => events.push('provider') }),
      module('p', 'slow', {
        deps: { point },
        async init() {
          await slow.promise;
          events.push('slow');
        },
      }),
      module('p', 'fast', {
        deps: { point },
        init() {
          events.push('fast');
          fastDone.resolve();
        },
      }),
    ]);
    const started = backend.start();
    await fastDone.promise;
    slow.resolve();
    await started;
    expect(events).toEqual(['fast', 'slow', 'provider', 'plugin']);
    await backend.stop();
  });

  describe('results', () => {
    it('43 success result shape and order', async () => {
      const gate = deferred();
      const backend = backendOf([
        plugin('slow', { init: () => gate.promise }),
        plugin('fast', { init: () => gate.resolve() }),
        module('fast', 'm'),
      ]);
      const report = await backend.start();
      const at = expect.any(Date);
      expect(report).toMatchObject({ beginAt: at, resultAt: at, outcome: 'success' });
      expect(report.plugins.map(({ pluginId }) => pluginId).toSorted()).toEqual(['fast', 'slow']);
      expect(report.plugins.find(({ pluginId }) => pluginId === 'fast')).toEqual({
        pluginId: 'fast',
        resultAt: at,
        modules: [{ moduleId: 'm', resultAt: at }],
      });
      await backend.stop();
    });

    it('43 results stand in the order in which they ended', async () => {
      const ended = deferred();
      const backend = backendOf([
        plugin('first-added', { init: () => ended.promise }),
        plugin('last-added', { deps: { lifecycle: coreServices.lifecycle } }),
      ]);
      const started = backend.start();
      setImmediate(() => ended.resolve());
      expect((await started).plugins.map(({ pluginId }) => pluginId)).toEqual(['last-added', 'first-added']);
      await backend.stop();
    });

    const thrown = { p: new Error('p'), m: new Error('m'), q: new Error('q') };
    const throwing = (error: Error) => (): never => {
      throw error;
    };

    it('44-46 BackendStartupError carries results for plugin/module/multiple failures, identical error objects', async () => {
      const report = await failedReport(
        backendOf([
          plugin('p', { init: throwing(thrown.p) }),
          module('p', 'm', { init: throwing(thrown.m) }),
          plugin('q', { init: throwing(thrown.q) }),
          plugin('fine'),
        ]).start(),
      );
      expect(report.outcome).toBe('failure');
      const [p, q] = ['p', 'q'].map((id) => report.plugins.find(({ pluginId }) => pluginId === id)!);
      expect(p!.failure!.error).toBe(thrown.p);
      expect(p!.modules[0]!.failure!.error).toBe(thrown.m);
      expect(q!.failure!.error).toBe(thrown.q);
      expect(report.plugins.find(({ pluginId }) => pluginId === 'fine')).not.toHaveProperty('failure');
    });

    it('47-48 tolerated failures flagged allowed', async () => {
      const backend = backendOf(
        [plugin('p', { init: throwing(thrown.p) }), plugin('q'), module('q', 'm', { init: throwing(thrown.m) })],
        { config: continueAll },
      );
      const report = await backend.start();
      expect(report.outcome).toBe('success');
      expect(report.plugins.find(({ pluginId }) => pluginId === 'p')!.failure).toEqual({
        error: thrown.p,
        allowed: true,
      });
      expect(report.plugins.find(({ pluginId }) => pluginId === 'q')).toMatchObject({
        modules: [{ moduleId: 'm', failure: { error: thrown.m, allowed: true } }],
      });
      await backend.stop();
    });

    it('49 all module results kept', async () => {
      const report = await failedReport(
        backendOf([
          plugin('p'),
          module('p', 'one'),
          module('p', 'two', { init: throwing(thrown.m) }),
          module('p', 'three'),
        ]).start(),
      );
      const ids = report.plugins[0]!.modules.map(({ moduleId, failure }) => [moduleId, failure?.error]);
      expect(ids).toHaveLength(3);
      expect(ids).toEqual(
        expect.arrayContaining([
          ['one', undefined],
          ['two', thrown.m],
          ['three', undefined],
        ]),
      );
    });

    it('50 plugin without modules has empty list', async () => {
      const backend = backendOf([plugin('p')]);
      expect((await backend.start()).plugins).toMatchObject([{ pluginId: 'p', modules: [] }]);
      await backend.stop();
    });

    it('51 message format and result together', async () => {
      const error = (await rejectionOf(
        backendOf([
          plugin('p', { init: throwing(thrown.p) }),
          module('p', 'm', { init: throwing(thrown.m) }),
          plugin('q', { init: throwing(thrown.q) }),
        ]).start(),
      )) as BackendStartupError;
      expect(error.message).toMatch(/^The backend could not start: .* and .* failed$/);
      for (const what of ["plugin 'p'", "module 'm' of plugin 'p'", "plugin 'q'"]) {
        expect(error.message).toContain(what);
      }
      expect(error.errors.map((each) => [(each as { code?: string }).code, each.cause])).toEqual(
        expect.arrayContaining([
          ['ERR_RUNTIME_STARTUP_FAULT', thrown.p],
          ['ERR_RUNTIME_STARTUP_FAULT', thrown.m],
          ['ERR_RUNTIME_STARTUP_FAULT', thrown.q],
        ]),
      );
      expect(error.report.outcome).toBe('failure');
    });
  });

  it('52-53 plugin service factory failure charged to plugin, tolerable', async () => {
    const broken = createServiceFactory({ service: ref, deps: {}, factory: failing('no service') });
    const features = [broken, plugin('p', { deps: { ref } }), plugin('q')];
    const report = await failedReport(backendOf(features).start());
    expect(report.plugins.find(({ pluginId }) => pluginId === 'p')!.failure).toMatchObject({
      allowed: false,
      error: { code: 'ERR_RUNTIME_SERVICE_FAILED', cause: new Error('no service') },
    });

    const tolerant = backendOf(features, { config: continueAll });
    const { plugins } = await tolerant.start();
    expect(plugins.find(({ pluginId }) => pluginId === 'p')!.failure).toMatchObject({ allowed: true });
    expect(plugins.find(({ pluginId }) => pluginId === 'q')).not.toHaveProperty('failure');
    await tolerant.stop();
  });

  describe('54-58 middleware', () => {
    const textPoint = createExtensionPoint<string>({ id: 'test.text' });
    const wrap = (extensionPoint: typeof textPoint, suffix: string) =>
      createExtensionPointMiddleware({ extensionPoint, wrap: (original) => `${original}${suffix}` });
    const seenWith = async (...middleware: ReturnType<typeof wrap>[]): Promise<unknown> => {
      let seen: unknown;
      const backend = backendOf(
        [
          plugin('p', { offers: [[textPoint, 'text']] }),
          module('p', 'm', { deps: { textPoint }, init: (deps) => (seen = deps.textPoint) }),
        ],
        { extensionPointMiddleware: middleware },
      );
      await backend.start();
      await backend.stop();
      return seen;
    };
    const other = createExtensionPoint<string>({ id: 'test.unknown' });

    it('54 applies', async () => expect(await seenWith(wrap(textPoint, '!'))).toBe('text!'));
    it('55 ignores others', async () => expect(await seenWith(wrap(other, '!'), wrap(textPoint, '?'))).toBe('text?'));
    it('56 chains in order', async () =>
      expect(await seenWith(wrap(textPoint, '1'), wrap(textPoint, '2'))).toBe('text12'));
    it('57 unknown target harmless', async () => expect(await seenWith(wrap(other, '!'))).toBe('text'));
    it('58 absent = passthrough', async () => expect(await seenWith()).toBe('text'));
  });
});
