import { describe, expect, it } from '@jest/globals';
import {
  coreServices,
  createBackendFeatureLoader,
  createExtensionPoint,
  createServiceFactory,
  createServiceRef,
  type ServiceRef,
} from '@bulkhead/backend-plugin-api';
import { ConfigReader } from '@bulkhead/config';
import { backendOf, module, plugin, problemsOf } from './fixtures/features.ts';
import { service, selfProvided } from './fixtures/graph-services.ts';

describe('cycles, which are found wherever they are', () => {
  const ring = [
    {
      code: 'ERR_RUNTIME_SERVICE_CYCLE',
      message: "Services need each other: 'a' -> 'b' -> 'a'",
      path: ['a', 'b', 'a'],
    },
  ];

  it('among the default factories of the assembly', async () => {
    const serviceFactories = [service('a', ['b']), service('b', ['a'])];
    expect(await problemsOf(backendOf([], { serviceFactories }))).toMatchObject(ring);
  });

  it('among factories from a feature loader', async () => {
    const loader = createBackendFeatureLoader({ loader: () => [service('a', ['b']), service('b', ['a'])] });
    expect(await problemsOf(backendOf([loader]))).toMatchObject(ring);
  });

  it('among factories passed to backend.add', async () => {
    expect(await problemsOf(backendOf([service('a', ['b']), service('b', ['a'])]))).toMatchObject(ring);
  });

  it('among factories reached through a default factory', async () => {
    const a: ServiceRef<string> = selfProvided('a', () => b);
    const b: ServiceRef<string> = selfProvided('b', () => a);
    expect(await problemsOf(backendOf([plugin('p', { deps: { a } })]))).toMatchObject(ring);
  });

  it('among extension points between modules', async () => {
    const [x, y] = ['point.x', 'point.y'].map((id) => createExtensionPoint<unknown>({ id }));
    const problems = await problemsOf(
      backendOf([
        plugin('p'),
        module('p', 'a', { offers: [[x!, {}]], deps: { y: y! } }),
        module('p', 'b', { offers: [[y!, {}]], deps: { x: x! } }),
        module('p', 'selfish', {
          offers: [[createExtensionPoint<unknown>({ id: 'own' }), {}]],
          deps: { own: createExtensionPoint<unknown>({ id: 'own' }) },
        }),
      ]),
    );
    expect(problems).toMatchObject([
      { code: 'ERR_RUNTIME_MODULE_CYCLE', path: ['a', 'b', 'a'] },
      { code: 'ERR_RUNTIME_MODULE_CYCLE', path: ['selfish', 'selfish'] },
    ]);
  });

  it('below what a feature loader needs, without a hang', async () => {
    const [rootA, rootB] = ['a', 'b'].map((id) => createServiceRef<string>({ id, scope: 'root' }));
    const factories = [
      createServiceFactory({ service: rootA!, deps: { rootB: rootB! }, factory: () => 'a' }),
      createServiceFactory({ service: rootB!, deps: { rootA: rootA! }, factory: () => 'b' }),
    ];
    const loader = createBackendFeatureLoader({ deps: { rootA: rootA! }, loader: () => [] });
    expect(await problemsOf(backendOf([loader, ...factories]))).toMatchObject(ring);
  });

  it('below the configuration itself, without a hang', async () => {
    const needed = createServiceRef<string>({ id: 'needed', scope: 'root' });
    const backend = backendOf([
      createServiceFactory({ service: coreServices.rootConfig, deps: { needed }, factory: () => new ConfigReader() }),
      createServiceFactory({ service: needed, deps: { config: coreServices.rootConfig }, factory: () => '' }),
    ]);
    expect(await problemsOf(backend)).toMatchObject([{ code: 'ERR_RUNTIME_SERVICE_CYCLE' }]);
  });
});
