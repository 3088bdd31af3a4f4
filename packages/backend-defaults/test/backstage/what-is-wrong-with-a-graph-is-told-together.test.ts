import { describe, expect, it } from '@jest/globals';
import { createBackendPlugin, createServiceFactory, createServiceRef } from '@bulkhead/backend-plugin-api';
import { backendOf, problemsOf } from './fixtures/backend.ts';
import {
  offer,
  wireFactory,
  wireLoader,
  wireModule,
  wirePlugin,
  wirePoint,
  wireRef,
  wireRootRef,
} from './fixtures/wire.ts';

const point = wirePoint('p.point');

describe('what is wrong with a graph', () => {
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
          { $$type: '@backstage/BackendFeature', version: 'v2' },
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
