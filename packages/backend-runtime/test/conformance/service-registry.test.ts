import { describe, expect, it } from '@jest/globals';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  executionContext,
  type ServiceFactory,
  type ServiceRef,
} from '@bulkhead/backend-plugin-api';
import { createSpecializedBackend, ServiceContainer } from '../../src/index.ts';
import { deferred, plugin, rejectionOf } from '../fixtures/features.ts';

interface Numbered {
  readonly number: number;
  readonly pluginId?: string;
}

const refA = createServiceRef<Numbered>({ id: 'a' });
const refB = createServiceRef<Numbered>({ id: 'b' });
const rootA = createServiceRef<Numbered>({ id: 'root.a', scope: 'root' });
const rootB = createServiceRef<Numbered>({ id: 'root.b', scope: 'root' });

let made = 0;
const factoryA = createServiceFactory({ service: refA, deps: {}, factory: () => ({ number: ++made }) });
const factoryB = createServiceFactory({ service: refB, deps: {}, factory: () => ({ number: ++made }) });
const factoryRootA = createServiceFactory({ service: rootA, deps: {}, factory: () => ({ number: ++made }) });

/** Services that need each other as the edges say. */
function ring(dependencies: Record<string, string[]>): { container: ServiceContainer; refs: ServiceRef<Numbered>[] } {
  const refs = new Map(Object.keys(dependencies).map((id) => [id, createServiceRef<Numbered>({ id })]));
  const factories = Array.from(refs, ([id, service]) =>
    createServiceFactory({
      service,
      deps: Object.fromEntries(dependencies[id]!.map((dep) => [dep, refs.get(dep)!])),
      factory: () => ({ number: ++made }),
    }),
  );
  return { container: new ServiceContainer(factories), refs: [...refs.values()] };
}

describe('ServiceRegistry', () => {
  it('no factory → undefined', async () => {
    const container = new ServiceContainer();
    await expect(container.get(refA, 'catalog')).resolves.toBeUndefined();
    await expect(container.has(refA)).resolves.toBe(false);
  });

  it('per-plugin instance, cached, distinct between plugins', async () => {
    const container = new ServiceContainer([factoryA]);
    const first = await container.get(refA, 'catalog');
    expect(await container.get(refA, 'catalog')).toBe(first);
    expect(await container.get(refA, 'scaffolder')).not.toBe(first);
  });

  it('several refs independent', async () => {
    const container = new ServiceContainer([factoryA, factoryB]);
    expect(await container.get(refA, 'catalog')).not.toBe(await container.get(refB, 'catalog'));
  });

  it('root→plugin forbidden', async () => {
    const factory = createServiceFactory({
      service: rootB,
      // @ts-expect-error A root service cannot depend on a plugin service.
      deps: { a: refA },
      factory: () => ({ number: 1 }),
    });
    const error = await rejectionOf(new ServiceContainer([factory as ServiceFactory, factoryA]).get(rootB));
    expect(error).toMatchObject({
      code: 'ERR_RUNTIME_SCOPE',
      message: "Root service 'root.b' needs plugin service 'a'",
    });
  });

  it('plugin→root allowed', async () => {
    const factory = createServiceFactory({ service: refA, deps: { root: rootA }, factory: ({ root }) => root });
    const container = new ServiceContainer([factory, factoryRootA]);
    expect(await container.get(refA, 'catalog')).toBe(await container.get(rootA));
  });

  it('root→root allowed', async () => {
    const factory = createServiceFactory({ service: rootB, deps: { a: rootA }, factory: ({ a }) => a });
    const container = new ServiceContainer([factory, factoryRootA]);
    expect(await container.get(rootB, 'catalog')).toBe(await container.get(rootA, 'scaffolder'));
  });

  it('metadata gives plugin id', async () => {
    const ids: string[] = [];
    const factory = createServiceFactory({
      service: refA,
      deps: { metadata: coreServices.pluginMetadata },
      factory: ({ metadata }) => {
        ids.push(metadata.getId());
        return { number: 1 };
      },
    });
    const backend = createSpecializedBackend({ serviceFactories: [factory] });
    backend.add(plugin('catalog', { deps: { a: refA } }));
    backend.add(plugin('scaffolder', { deps: { a: refA } }));
    await backend.start();
    await backend.stop();
    expect(ids).toEqual(['catalog', 'scaffolder']);
  });

  it('last factory in list wins', async () => {
    const last = createServiceFactory({ service: refA, deps: {}, factory: () => ({ number: -1 }) });
    await expect(new ServiceContainer([factoryA, last]).get(refA, 'catalog')).resolves.toEqual({ number: -1 });
  });

  it('added factory wins', async () => {
    const added = createServiceFactory({ service: refA, deps: {}, factory: () => ({ number: -2 }) });
    const container = new ServiceContainer([factoryA]);
    container.add(added);
    await expect(container.get(refA, 'catalog')).resolves.toEqual({ number: -2 });
  });

  it('add after instantiation refused', async () => {
    const container = new ServiceContainer([factoryA]);
    await container.get(refA, 'catalog');
    expect(() => container.add(factoryA)).toThrow(
      expect.objectContaining({ code: 'ERR_RUNTIME_SERVICE_ALREADY_CREATED' }),
    );
  });

  it('add twice refused', () => {
    const container = new ServiceContainer([factoryA]);
    container.add(factoryA);
    expect(() => container.add(factoryA)).toThrow(expect.objectContaining({ code: 'ERR_RUNTIME_DUPLICATE_SERVICE' }));
  });

  describe('default factories', () => {
    const withDefault = (id: string, calls: string[]): ServiceRef<Numbered, 'plugin', 'singleton'> =>
      createServiceRef<Numbered>({
        id,
        defaultFactory: async (service) => {
          calls.push(id);
          return createServiceFactory({ service, deps: {}, factory: () => ({ number: ++made }) });
        },
      });

    it('default factory used', async () => {
      const container = new ServiceContainer();
      await expect(container.get(withDefault('lonely', []), 'catalog')).resolves.toEqual({
        number: expect.any(Number),
      });
    });

    it('not used if provided', async () => {
      const calls: string[] = [];
      const ref = withDefault('provided', calls);
      const provided = createServiceFactory({ service: ref, deps: {}, factory: () => ({ number: -3 }) });
      await expect(new ServiceContainer([provided]).get(ref, 'catalog')).resolves.toEqual({ number: -3 });
      expect(calls).toEqual([]);
    });

    it('distinct default factories distinct', async () => {
      const calls: string[] = [];
      const container = new ServiceContainer();
      const one = await container.get(withDefault('one', calls), 'catalog');
      const two = await container.get(withDefault('two', calls), 'catalog');
      expect(one).not.toEqual(two);
      expect(calls).toEqual(['one', 'two']);
    });

    it('default loader called once under concurrency', async () => {
      const calls: string[] = [];
      const container = new ServiceContainer();
      const ref = withDefault('busy', calls);
      // Two copies of a package bring two refs with one id.
      const copy = withDefault('busy', calls);
      await Promise.all([
        container.get(ref, 'catalog'),
        container.get(ref, 'scaffolder'),
        container.get(copy, 'catalog'),
        container.get(copy, 'techdocs'),
      ]);
      expect(calls).toEqual(['busy']);
    });
  });

  it('factory once per plugin and root context once under concurrency', async () => {
    const calls: string[] = [];
    const gate = deferred();
    const factory = createServiceFactory({
      service: refA,
      deps: { root: rootA, b: refB },
      async createRootContext({ root }) {
        calls.push('context');
        await gate.promise;
        return { shared: root.number };
      },
      async factory({ b }, { shared }) {
        calls.push(`factory ${executionContext.current()?.pluginId}`);
        return { number: shared + b.number };
      },
    });
    const container = new ServiceContainer([factory, factoryB, factoryRootA]);
    const asked = ['catalog', 'catalog', 'scaffolder', 'scaffolder'].map((id) => container.get(refA, id));
    gate.resolve();
    const [first, second, third, fourth] = await Promise.all(asked);
    expect(first).toBe(second);
    expect(third).toBe(fourth);
    expect(calls).toEqual(['context', 'factory catalog', 'factory scaffolder']);
  });

  it('same without root context', async () => {
    const calls: unknown[] = [];
    const factory = createServiceFactory({
      service: refA,
      deps: {},
      factory: async () => {
        calls.push(executionContext.current()?.pluginId);
        return { number: 1 };
      },
    });
    const container = new ServiceContainer([factory]);
    await Promise.all(['catalog', 'catalog', 'scaffolder'].map((id) => container.get(refA, id)));
    expect(calls).toEqual(['catalog', 'scaffolder']);
  });

  it('missing dep error', async () => {
    const factory = createServiceFactory({ service: refA, deps: { b: refB, root: rootA }, factory: ({ b }) => b });
    const error = await rejectionOf(new ServiceContainer([factory]).get(refA, 'catalog'));
    expect(error).toMatchObject({
      code: 'ERR_RUNTIME_MISSING_SERVICE',
      message: "Service 'a' for plugin 'catalog' needs 'b', 'root.a', which nobody provides",
    });
  });

  it('nested missing dep error nests', async () => {
    const outer = createServiceFactory({ service: refA, deps: { b: refB }, factory: ({ b }) => b });
    const inner = createServiceFactory({ service: refB, deps: { root: rootA }, factory: ({ root }) => root });
    const error = await rejectionOf(new ServiceContainer([outer, inner]).get(refA, 'catalog'));
    expect(error).toMatchObject({
      code: 'ERR_RUNTIME_SERVICE_FAILED',
      message: "Service 'a' could not be created for plugin 'catalog'",
      cause: {
        code: 'ERR_RUNTIME_MISSING_SERVICE',
        message: "Service 'b' for plugin 'catalog' needs 'root.a', which nobody provides",
      },
    });
  });

  describe('cycles', () => {
    const cases: [string, Record<string, string[]>, string][] = [
      ['two-node', { a: ['b'], b: ['a'] }, "'a' -> 'b' -> 'a'"],
      ['several rings', { a: ['b', 'c'], b: ['a'], c: ['a'] }, "'a' -> 'b' -> 'a', 'a' -> 'c' -> 'a'"],
      ['three-node', { a: ['b'], b: ['c'], c: ['a'] }, "'a' -> 'b' -> 'c' -> 'a'"],
      ['ring with side node', { a: ['b', 'd'], b: ['a'], d: ['b'] }, "'a' -> 'b' -> 'a'"],
      ['ring beside leaf', { a: ['leaf', 'b'], b: ['a'], leaf: [] }, "'a' -> 'b' -> 'a'"],
      ['ring not containing the start (no infinite loop)', { a: ['b'], b: ['c'], c: ['b'] }, "'b' -> 'c' -> 'b'"],
    ];
    it.each(cases)('%s', async (_, dependencies, expected) => {
      const { container, refs } = ring(dependencies);
      const error = await rejectionOf(container.get(refs[0]!, 'catalog'));
      expect(error).toMatchObject({
        code: 'ERR_RUNTIME_SERVICE_CYCLE',
        message: `Services need each other: ${expected}`,
      });
    });

    it('does not deadlock when both ends of a ring are asked for at once', async () => {
      const { container, refs } = ring({ a: ['b'], b: ['a'] });
      const outcomes = await Promise.allSettled(refs.map((ref) => container.get(ref, 'catalog')));
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    });
  });

  it('root-context error decorated', async () => {
    const cause = new Error('no context');
    const factory = createServiceFactory({
      service: refA,
      deps: {},
      createRootContext: () => {
        throw cause;
      },
      factory: () => ({ number: 1 }),
    });
    const error = await rejectionOf(new ServiceContainer([factory]).get(refA, 'catalog'));
    expect(error).toMatchObject({
      code: 'ERR_RUNTIME_SERVICE_FAILED',
      message: "The root context of service 'a' could not be created",
    });
    expect(error.cause).toBe(cause);
  });

  it('factory error decorated', async () => {
    const cause = new Error('no service');
    const factory = createServiceFactory({
      service: refA,
      deps: {},
      factory: () => {
        throw cause;
      },
    });
    const error = await rejectionOf(new ServiceContainer([factory]).get(refA, 'catalog'));
    expect(error).toMatchObject({
      code: 'ERR_RUNTIME_SERVICE_FAILED',
      message: "Service 'a' could not be created for plugin 'catalog'",
    });
    expect(error.cause).toBe(cause);
  });

  it('default-factory error decorated', async () => {
    const cause = new Error('no default');
    const ref = createServiceRef<Numbered>({ id: 'broken', defaultFactory: () => Promise.reject(cause) });
    const error = await rejectionOf(new ServiceContainer().get(ref, 'catalog'));
    expect(error).toMatchObject({
      code: 'ERR_RUNTIME_DEFAULT_FACTORY',
      message: "The default factory of service 'broken' could not be loaded",
    });
    expect(error.cause).toBe(cause);
  });
});
