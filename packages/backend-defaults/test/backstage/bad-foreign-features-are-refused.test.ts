import { describe, expect, it } from '@jest/globals';
import { createBackendPlugin, createServiceFactory, createServiceRef } from '@bulkhead/backend-plugin-api';
import { backendOf, continueAll, problemsOf, running } from './fixtures/backend.ts';
import {
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

const mark = { $$type: '@backstage/BackendFeature', version: 'v1' };
const point = wirePoint('p.point');

/** The code and what is said after the place, for one feature by itself. */
async function refusal(feature: unknown): Promise<unknown[]> {
  const problems = await problemsOf(backendOf([feature]));
  return problems.map(({ code, message, path }) => [code, message.replace(/^.*?: /, ''), path?.join(' ')]);
}

describe('a feature that is none', () => {
  const INVALID = 'ERR_RUNTIME_INVALID_FEATURE';
  const UNSUPPORTED = 'ERR_RUNTIME_UNSUPPORTED_FEATURE';

  it.each([
    [{ ...mark, version: 'v2' }, UNSUPPORTED, '\'version\' should be "v1", but is "v2"', 'version'],
    [{ ...mark, version: undefined }, INVALID, '\'version\' should be "v1", but is missing', 'version'],
    [
      { ...mark, featureType: 'gadget' },
      UNSUPPORTED,
      '\'featureType\' should be "service" or "registrations" or "loader", but is "gadget"',
      'featureType',
    ],
    [
      mark,
      INVALID,
      '\'featureType\' should be "service" or "registrations" or "loader", but is missing',
      'featureType',
    ],
    [
      { ...mark, featureType: 'registrations' },
      INVALID,
      "'getRegistrations' should be a function, but is missing",
      'getRegistrations',
    ],
    [registering(() => 7), INVALID, "'getRegistrations()' should be an array, but is 7", 'getRegistrations()'],
    [
      registering(() => [null]),
      INVALID,
      "'getRegistrations()[0]' should be an object, but is null",
      'getRegistrations() [0]',
    ],
    [{ ...mark, featureType: 'loader' }, INVALID, "'loader' should be a function, but is missing", 'loader'],
    [
      wireLoader(() => [], { x: { id: 'x' } }),
      INVALID,
      '\'deps.x.scope\' should be "plugin" or "root", but is missing',
      'deps x scope',
    ],
    [wireFactory({ id: 7 }, {}, () => {}), INVALID, "'service.id' should be a string, but is 7", 'service id'],
    [
      wireFactory(wireRef('a'), { b: null as never }, () => {}),
      INVALID,
      "'deps.b' should be an object, but is null",
      'deps b',
    ],
    [
      wireFactory(wireRef('a'), {}, () => {}, { factory: 'none' }),
      INVALID,
      '\'factory\' should be a function, but is "none"',
      'factory',
    ],
    [
      wireFactory(wireRef('a'), {}, () => {}, { initialization: 'sometimes' }),
      INVALID,
      '\'initialization\' should be "always" or "lazy", but is "sometimes"',
      'initialization',
    ],
    [
      Object.assign(() => ({ id: 'something' }), { $$type: '@backstage/BackendFeatureFactory' }),
      INVALID,
      '\'().$$type\' should be "@backstage/BackendFeature", but is missing',
      '() $$type',
    ],
    [{ $$type: '@backstage/BackendFeatureFactory' }, INVALID, 'it should be a function, but is an object', undefined],
  ])('is refused with the field: %#', async (feature, code, fault, path) => {
    expect(await refusal(feature)).toEqual([[code, fault, path]]);
  });

  it('cannot break the intake by throwing when it is looked at', async () => {
    const hostile = Object.defineProperty({ ...mark }, 'featureType', {
      get() {
        throw new TypeError('do not look');
      },
    });
    expect(await problemsOf(backendOf([hostile]))).toMatchObject([
      { code: 'ERR_RUNTIME_INVALID_FEATURE', message: expect.stringContaining('cannot be read: do not look') },
    ]);
  });
});

describe('a registration that is half valid', () => {
  const valid = pluginRegistration('p') as Record<string, unknown>;
  const init = { deps: {}, func: () => {} };

  it.each([
    [{ ...valid, extensionPoints: undefined }, "'extensionPoints' should be an array, but is missing"],
    [{ ...valid, extensionPoints: [[point, {}]] }, "'extensionPoints[0]' should be an object, but is an array"],
    [
      { ...valid, extensionPoints: [{ extensionPoint: point }] },
      "'extensionPoints[0].factory' should be a function, but is missing",
    ],
    [
      { ...valid, extensionPoints: [offer({ ...point, id: null }, () => {})] },
      "'extensionPoints[0].extensionPoint.id' should be a string, but is null",
    ],
    [
      { ...valid, type: 'plugin', extensionPoints: [{}] },
      "'extensionPoints[0]' should be an array of 2, but is an object",
    ],
    [
      { ...valid, type: 'plugin', extensionPoints: [[{}, 1]] },
      "'extensionPoints[0][0].id' should be a string, but is missing",
    ],
    [{ ...valid, connections: {} }, "'connections' should be an array, but is an object"],
    [
      { ...valid, connections: [{ type: 'aws', required: 'yes' }] },
      '\'connections[0].required\' should be a boolean, but is "yes"',
    ],
    [{ ...valid, init: undefined }, "'init' should be an object, but is missing"],
    [{ ...valid, init: { ...init, func: undefined } }, "'init.func' should be a function, but is missing"],
    [{ ...valid, init: { ...init, deps: [] } }, "'init.deps' should be an object, but is an array"],
    [
      { ...valid, init: { ...init, deps: { x: { id: 'x', scope: 'world' } } } },
      '\'init.deps.x.scope\' should be "plugin" or "root", but is "world"',
    ],
    [
      { ...valid, init: { ...init, deps: { x: { $$type: '@backstage/ExtensionPoint' } } } },
      "'init.deps.x.id' should be a string, but is missing",
    ],
  ])('is charged to its plugin, with the field: %#', async (registration, fault) => {
    const place = `'getRegistrations()[0].`;
    expect(await problemsOf(backendOf([registering(() => [registration])]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_INVALID_REGISTRATION',
        message: `The registration of plugin 'p' is malformed: ${place}${fault.slice(1)}`,
        pluginId: 'p',
        hint: expect.stringContaining('@backstage/backend-plugin-api'),
      },
    ]);
  });

  it('is charged to its module', async () => {
    const half = { ...valid, type: 'module-v1.1', moduleId: 'm', init: {} };
    expect(await problemsOf(backendOf([registering(() => [half]), wirePlugin('p')]))).toMatchObject([
      { code: 'ERR_RUNTIME_INVALID_REGISTRATION', pluginId: 'p', moduleId: 'm' },
    ]);
    const nameless = { ...valid, type: 'module-v1.1' };
    expect(await problemsOf(backendOf([registering(() => [nameless])]))).toMatchObject([
      { message: expect.stringContaining("'getRegistrations()[0].moduleId' should be a string, but is missing") },
    ]);
  });

  it('of a later generation is told apart, and charged to the plugin', async () => {
    const later = registering(() => [{ ...valid, type: 'plugin-v2' }]);
    expect(await problemsOf(backendOf([later]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_UNSUPPORTED_FEATURE',
        message: expect.stringMatching(/^Plugin 'p' has a wire form .*"module-v1\.1", but is "plugin-v2"$/),
        hint: 'Update @bulkhead/backstage-interop, or install an older version of the package.',
        pluginId: 'p',
        path: ['getRegistrations()', '[0]', 'type'],
      },
    ]);
  });

  it('does not take down what else a feature registers, if the policy says so', async () => {
    const events: string[] = [];
    const mixed = registering(() => [
      { ...valid, init: {} },
      pluginRegistration('q', { init: () => events.push('q') }),
    ]);
    await running(backendOf([mixed, wirePlugin('r', { init: () => events.push('r') })], { config: continueAll }));
    expect(events.toSorted()).toEqual(['q', 'r']);
  });
});

describe('a register that throws', () => {
  const failing = registering(() => {
    throw new TypeError('no luck');
  });

  it('is a problem of nobody where no id is known', async () => {
    expect(await problemsOf(backendOf([failing], { config: continueAll }))).toMatchObject([
      {
        code: 'ERR_RUNTIME_REGISTER_FAILED',
        message: 'The registration of feature 1 in the order of backend.add() failed: no luck',
        cause: new TypeError('no luck'),
      },
    ]);
  });

  it('is charged to the id under which it is installed', async () => {
    const started: string[] = [];
    const backend = backendOf([wirePlugin('q', { init: () => started.push('q') })], { config: continueAll });
    backend.add(failing, { pluginId: 'p' });
    expect((await backend.plan()).leftOut).toMatchObject([
      { pluginId: 'p', problems: [{ code: 'ERR_RUNTIME_REGISTER_FAILED' }] },
    ]);
    await running(backend);
    expect(started).toEqual(['q']);
  });

  it('is charged to the plugin that the manifest of its package names', async () => {
    const acme = { name: '@acme/plugin-p-backend', version: '1.2.3', pluginId: 'p' };
    const packages = {
      ofFeature: (feature: unknown) => (feature === failing ? acme : undefined),
      ofServiceRef: () => undefined,
    };
    expect(await problemsOf(backendOf([failing], { packages }))).toMatchObject([
      {
        code: 'ERR_RUNTIME_REGISTER_FAILED',
        message: "The registration of plugin 'p' [@acme/plugin-p-backend 1.2.3] failed: no luck",
        pluginId: 'p',
        package: { name: '@acme/plugin-p-backend', version: '1.2.3' },
      },
    ]);
    await running(backendOf([failing], { packages, config: continueAll }));
  });

  it('is also an older function that makes the feature', async () => {
    const factory = Object.assign(
      () => {
        throw new TypeError('no luck');
      },
      { $$type: '@backstage/BackendFeatureFactory' },
    );
    expect(await problemsOf(backendOf([factory]))).toMatchObject([{ code: 'ERR_RUNTIME_REGISTER_FAILED' }]);
  });
});

describe('what else is wrong with a graph', () => {
  const packages = {
    ofFeature: (_: unknown, owner?: { pluginId: string }) => ({
      name: `@acme/${owner?.pluginId ?? 'something'}`,
      version: '1.0.0',
    }),
    ofServiceRef: (id: string) => ({ name: `@acme/${id}-node`, version: '2.0.0', relatives: [`@acme/${id}-backend`] }),
  };

  it('is told together, with who asks for what and which package to install', async () => {
    const problems = await problemsOf(
      backendOf(
        [
          wirePlugin('p', { deps: { a: wireRef('queue') } }),
          wirePlugin('twice'),
          Promise.resolve({ default: wirePlugin('twice') }),
          wireModule('absent', 'm'),
          { ...mark, version: 'v2' },
          wirePlugin('q', { deps: { b: wireRef('between') } }),
          wireFactory(wireRef('between'), { c: wireRef('core.loger') }, () => {}),
          createServiceFactory({
            service: createServiceRef<object>({ id: 'core.logger' }),
            deps: {},
            factory: () => ({}),
          }),
        ],
        { packages },
      ),
    );
    expect(problems.map(({ code, message, hint }) => ({ code, message, hint }))).toEqual([
      {
        code: 'ERR_RUNTIME_UNSUPPORTED_FEATURE',
        message:
          'Feature 5 in the order of backend.add() [@acme/something 1.0.0] has a wire form that this host does not know: \'version\' should be "v1", but is "v2"',
        hint: 'Update @bulkhead/backstage-interop, or install an older version of the package.',
      },
      {
        code: 'ERR_RUNTIME_DUPLICATE_PLUGIN',
        message:
          "Plugin 'twice' is installed more than once: feature 2 in the order of backend.add() [@acme/twice 1.0.0], feature 3 in the order of backend.add() [@acme/twice 1.0.0]",
        hint: expect.stringContaining('Remove one, or install it under another id'),
      },
      {
        code: 'ERR_RUNTIME_MISSING_PLUGIN',
        message:
          "There is no plugin 'absent' for its module 'm' (feature 4 in the order of backend.add() [@acme/absent 1.0.0])",
        hint: 'Add the plugin, or remove the module.',
      },
      {
        code: 'ERR_RUNTIME_MISSING_SERVICE',
        message: "Nobody provides service 'queue': plugin 'p' [@acme/p 1.0.0] -> ?",
        hint: 'It is named by @acme/queue-node 2.0.0: add what provides it (perhaps @acme/queue-backend), update the host or install another version of @acme/p.',
      },
      {
        code: 'ERR_RUNTIME_MISSING_SERVICE',
        message: "Nobody provides service 'core.loger': plugin 'q' -> service 'between' [@acme/something 1.0.0] -> ?",
        hint: "Did you mean 'core.logger'? It is named by @acme/core.loger-node 2.0.0: add what provides it (perhaps @acme/core.loger-backend), update the host or install another version of @acme/something.",
      },
    ]);
    expect(problems[3]).toMatchObject({ pluginId: 'p', path: ["plugin 'p'", 'queue'], package: { name: '@acme/p' } });
  });

  it('says what to do about a service of which only the package that asks is known', async () => {
    const finder = { ...packages, ofServiceRef: () => undefined };
    const backend = backendOf([wirePlugin('p', { deps: { queue: wireRef('core.queue') } })], { packages: finder });
    expect(await problemsOf(backend)).toMatchObject([
      {
        message: "Nobody provides service 'core.queue': plugin 'p' [@acme/p 1.0.0] -> ?",
        hint: 'Add a factory for it with backend.add(), give its ref a defaultFactory or install another version of @acme/p.',
      },
    ]);
  });

  it('names the package of what a loader yields, and of a loader that fails', async () => {
    const failing = wireLoader(() => {
      throw new TypeError('no luck');
    });
    const problems = await problemsOf(
      backendOf([wireLoader(() => [wirePlugin('p', { deps: { queue: wireRef('queue') } })]), failing], { packages }),
    );
    expect(problems).toMatchObject([
      {
        code: 'ERR_RUNTIME_LOADER_FAILED',
        message: "The feature loader created at 'loader.ts:1' [@acme/something 1.0.0] failed: no luck",
      },
      { code: 'ERR_RUNTIME_MISSING_SERVICE', pluginId: 'p', package: { name: '@acme/p', version: '1.0.0' } },
    ]);
  });

  it('names both packages of a service that is provided twice', async () => {
    const [one, two] = [wireFactory(wireRef('a'), {}, () => 1), wireFactory(wireRef('a'), {}, () => 2)];
    const finder = {
      ...packages,
      ofFeature: (feature: unknown) => ({ name: feature === one ? 'one' : 'two', version: '1.0.0' }),
    };
    expect(await problemsOf(backendOf([one, two], { packages: finder }))).toMatchObject([
      {
        code: 'ERR_RUNTIME_DUPLICATE_SERVICE',
        message: "Service 'a' is provided twice by backend.add() [one 1.0.0, two 1.0.0]",
      },
    ]);
  });

  it('names both packages of an extension point that is registered twice', async () => {
    const offers = [offer(point, () => {})];
    expect(
      await problemsOf(backendOf([wirePlugin('p', { offers }), wirePlugin('q', { offers })], { packages })),
    ).toMatchObject([
      {
        code: 'ERR_RUNTIME_DUPLICATE_EXTENSION_POINT',
        message:
          "Extension point 'p.point' of plugin 'q' [@acme/q 1.0.0] is already registered by plugin 'p' [@acme/p 1.0.0]",
        package: { name: '@acme/q', version: '1.0.0' },
      },
    ]);
  });
});

describe('a ring, which is named and hangs nothing', () => {
  const ring = (problems: readonly object[]) =>
    problems.flatMap((problem) => ('path' in problem && 'code' in problem ? [[problem.code, problem.path]] : []));
  const [a, b] = ['a', 'b'].map((id) => wireRef(id));
  const expected = [['ERR_RUNTIME_SERVICE_CYCLE', ['a', 'b', 'a']]];
  const bring = (id: string, need: string) =>
    wireRef(id, { __defaultFactory: async (ref) => wireFactory(ref, { need: refs[need]! }, () => {}) });
  const refs: Record<string, object> = {};
  Object.assign(refs, { a: bring('a', 'b'), b: bring('b', 'a') });
  const nativeB = createServiceFactory({
    service: createServiceRef<unknown>({ id: 'b' }),
    deps: { a: createServiceRef<unknown>({ id: 'a' }) },
    factory: () => undefined,
  });

  it.each([
    ['of added factories', [wireFactory(a!, { b: b! }, () => {}), wireFactory(b!, { a: a! }, () => {})]],
    ['of default factories', [wirePlugin('p', { deps: { a: refs.a! } })]],
    [
      'of factories from loaders',
      [wireLoader(() => [wireFactory(a!, { b: b! }, () => {}), wireFactory(b!, { a: a! }, () => {})])],
    ],
    ['of a foreign and a native factory', [wireFactory(a!, { b: b! }, () => {}), nativeB]],
  ])('%s', async (_, features) => {
    expect(ring(await problemsOf(backendOf(features)))).toEqual(expected);
  });

  it('of a default factory and a native one', async () => {
    const features = [wirePlugin('p', { deps: { a: refs.a! } }), nativeB];
    expect(ring(await problemsOf(backendOf(features)))).toEqual([['ERR_RUNTIME_SERVICE_CYCLE', ['b', 'a', 'b']]]);
  });

  it('of modules', async () => {
    const [x, y] = [wirePoint('x'), wirePoint('y')];
    const module = (id: string, uses: object, offers: object) =>
      wireModule('p', id, { deps: { uses }, offers: [offer(offers, () => {})] });
    expect(ring(await problemsOf(backendOf([wirePlugin('p'), module('m', x, y), module('n', y, x)])))).toEqual([
      ['ERR_RUNTIME_MODULE_CYCLE', ['m', 'n', 'm']],
    ]);
  });

  it('is found beside a root service that needs a plugin service', async () => {
    const root = wireFactory(wireRootRef('root'), { a: a! }, () => {});
    const plugin = createBackendPlugin({
      pluginId: 'native',
      register: (env) => env.registerInit({ deps: {}, init: async () => {} }),
    });
    const codes = (await problemsOf(backendOf([plugin, root, wireFactory(a!, { b: b! }, () => {}), nativeB]))).map(
      ({ code }) => code,
    );
    expect(codes).toEqual(['ERR_RUNTIME_SCOPE', 'ERR_RUNTIME_SERVICE_CYCLE']);
  });
});
