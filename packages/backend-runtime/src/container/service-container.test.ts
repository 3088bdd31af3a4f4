import { describe, expect, it } from '@jest/globals';
import {
  createServiceFactory,
  createServiceRef,
  executionContext,
  type ServiceFactory,
} from '@bulkhead/backend-plugin-api';
import fc from 'fast-check';
import { deferred, rejectionOf } from '../../test/fixtures/features.ts';
import { ServiceContainer } from './service-container.ts';

const root = createServiceRef<unknown>({ id: 'root', scope: 'root' });
const own = createServiceRef<unknown>({ id: 'own' });

describe('a service container', () => {
  it.each([0, '', false, null, undefined])('takes %p for a service like any other', async (value) => {
    const container = new ServiceContainer([
      createServiceFactory({ service: own, deps: {}, factory: () => value }),
      createServiceFactory({ service: root, deps: {}, factory: () => value }),
      createServiceFactory({
        service: createServiceRef<unknown>({ id: 'user' }),
        deps: { own, root },
        factory: (deps) => ({ ...deps }),
      }),
    ]);
    expect(await container.has(own)).toBe(true);
    expect(await container.get(createServiceRef<unknown>({ id: 'user' }), 'p')).toEqual({ own: value, root: value });
  });

  it('gives the instances of a multiton as an array, and an empty one when nobody provides it', async () => {
    const many = createServiceRef<string>({ id: 'many', multiton: true });
    const factories = ['one', 'two'].map((name) =>
      createServiceFactory({ service: many, deps: {}, factory: () => name }),
    );
    const container = new ServiceContainer(factories);
    container.add(createServiceFactory({ service: many, deps: {}, factory: () => 'three' }));
    expect(await container.get(many, 'p')).toEqual(['one', 'two', 'three']);
    expect(await new ServiceContainer().get(many, 'p')).toEqual([]);
  });

  it('wants to know for which plugin a plugin service is made', async () => {
    const container = new ServiceContainer([createServiceFactory({ service: own, deps: {}, factory: () => 1 })]);
    await expect(container.get(own)).rejects.toMatchObject({ code: 'ERR_RUNTIME_PLUGIN_ID_REQUIRED' });
  });

  it('makes root services outside of the context of the plugin that asks first', async () => {
    const contexts: unknown[] = [];
    const note = (): number => contexts.push(executionContext.current()?.pluginId);
    const container = new ServiceContainer([
      createServiceFactory({ service: root, deps: {}, factory: note }),
      createServiceFactory({ service: own, deps: { root }, createRootContext: note, factory: note }),
    ]);
    await executionContext.run({ pluginId: 'other' }, () => container.get(own, 'asking'));
    expect(contexts.toSorted()).toEqual(['asking', undefined, undefined]);
  });

  it('refuses a default factory for another service', async () => {
    const other = createServiceFactory({ service: own, deps: {}, factory: () => 1 });
    const ref = createServiceRef<unknown>({ id: 'wanted', defaultFactory: async () => other });
    const error = await rejectionOf(new ServiceContainer().get(ref, 'p'));
    expect(error).toMatchObject({
      code: 'ERR_RUNTIME_DEFAULT_FACTORY',
      message: "The default factory of service 'wanted' provides 'own'",
    });
    const nothing = createServiceRef<unknown>({ id: 'nothing', defaultFactory: async () => undefined as never });
    await expect(new ServiceContainer().get(nothing, 'p')).rejects.toMatchObject({
      message: "The default factory of service 'nothing' is not a service factory",
    });
  });

  it('uses a default factory although the first to ask had a ref without one', async () => {
    const container = new ServiceContainer();
    expect(await container.has(own)).toBe(false);
    expect(await container.get(own, 'p')).toBeUndefined();
    const withDefault = createServiceRef<number>({
      id: own.id,
      defaultFactory: async (service) => createServiceFactory({ service, deps: {}, factory: () => 7 }),
    });
    expect(await container.get(withDefault, 'p')).toBe(7);
    expect(await container.get(own, 'p')).toBe(7);
  });

  it('waits for a default factory deep below, whoever else asks meanwhile', async () => {
    const loading = deferred();
    const loaded = deferred();
    const deep = createServiceRef<string>({
      id: 'deep',
      scope: 'root',
      async defaultFactory(service) {
        loading.resolve();
        await loaded.promise;
        return createServiceFactory({ service, deps: {}, factory: () => 'deep' });
      },
    });
    const user = createServiceFactory({ service: root, deps: { deep }, factory: (deps) => deps.deep });
    const container = new ServiceContainer([user]);
    const first = container.get(root);
    await loading.promise;
    const second = container.get(root);
    loaded.resolve();
    expect(await Promise.all([first, second])).toEqual(['deep', 'deep']);
  });

  it('reports each creation with what it waited for', async () => {
    const creations: unknown[] = [];
    const container = new ServiceContainer(
      [
        createServiceFactory({ service: root, deps: {}, factory: () => 1 }),
        createServiceFactory({
          service: own,
          deps: { root },
          factory: () => {
            throw new Error('own fails');
          },
        }),
      ],
      { onCreation: (creation) => creations.push(creation) },
    );
    await rejectionOf(container.get(own, 'p'));
    expect(creations).toMatchObject([
      { serviceId: 'root', pluginId: undefined, waitedFor: [], error: undefined },
      { serviceId: 'own', pluginId: 'p', waitedFor: ['root'], error: new Error('own fails') },
    ]);
  });
});

describe('disposal', () => {
  it('disposes in reverse order of creation, asynchronous disposers before the next', async () => {
    const events: string[] = [];
    const container = new ServiceContainer([
      createServiceFactory({
        service: root,
        deps: {},
        factory: () => ({ [Symbol.dispose]: () => events.push('root') }),
      }),
      createServiceFactory({
        service: own,
        deps: { root },
        createRootContext: () => ({ [Symbol.dispose]: () => events.push('context') }),
        factory: () => {
          const { pluginId } = executionContext.current()!;
          return {
            async [Symbol.asyncDispose]() {
              await Promise.resolve();
              events.push(`own of ${pluginId}`);
            },
            [Symbol.dispose]: () => events.push('never both'),
          };
        },
      }),
    ]);
    await container.get(own, 'a');
    await container.get(own, 'b');
    await container.dispose();
    expect(events).toEqual(['own of b', 'own of a', 'context', 'root']);
    await container.dispose();
    expect(events).toHaveLength(4);
  });

  it('disposes an instance once that several services share', async () => {
    let disposed = 0;
    const container = new ServiceContainer([
      createServiceFactory({ service: root, deps: {}, factory: () => ({ [Symbol.dispose]: () => ++disposed }) }),
      createServiceFactory({ service: own, deps: { root }, factory: (deps) => deps.root }),
    ]);
    await container.get(own, 'a');
    await container.dispose();
    expect(disposed).toBe(1);
  });

  it('goes on after a disposal that fails or does not end', async () => {
    const events: string[] = [];
    const failing = createServiceRef<unknown>({ id: 'failing', scope: 'root' });
    const hanging = createServiceRef<unknown>({ id: 'hanging', scope: 'root' });
    const container = new ServiceContainer([
      createServiceFactory({
        service: root,
        deps: {},
        factory: () => ({ [Symbol.dispose]: () => events.push('root') }),
      }),
      createServiceFactory({
        service: failing,
        deps: { root },
        factory: () => ({
          [Symbol.dispose]() {
            throw new Error('cannot');
          },
        }),
      }),
      createServiceFactory({
        service: hanging,
        deps: { failing },
        factory: () => ({ [Symbol.asyncDispose]: () => new Promise(() => {}) }),
      }),
    ]);
    await container.get(hanging);
    await container.dispose({
      timeout: 5,
      onError: ({ serviceId }, error) => events.push(`${serviceId}: ${(error as Error).message}`),
    });
    expect(events).toEqual([
      "hanging: Disposing of service 'hanging' did not end within 5 ms",
      'failing: cannot',
      'root',
    ]);
  });

  it('awaits a factory at work and disposes what it makes; makes nothing new', async () => {
    const gate = deferred();
    const begun = deferred();
    const events: string[] = [];
    const container = new ServiceContainer([
      createServiceFactory({
        service: root,
        deps: {},
        async factory() {
          begun.resolve();
          await gate.promise;
          return { [Symbol.dispose]: () => events.push('disposed') };
        },
      }),
      createServiceFactory({ service: own, deps: { root }, factory: () => events.push('made too late') }),
    ]);
    const late = rejectionOf(container.get(own, 'a'));
    await begun.promise;
    const disposed = container.dispose();
    gate.resolve();
    await disposed;
    expect(events).toEqual(['disposed']);
    await expect(container.get(own, 'b')).rejects.toMatchObject({ code: 'ERR_RUNTIME_CONTAINER_CLOSED' });
    void late;
  });

  it('does not wait for ever for a factory, and disposes what it makes in the end', async () => {
    const gate = deferred();
    const begun = deferred();
    const disposed = deferred();
    const errors: string[] = [];
    const container = new ServiceContainer([
      createServiceFactory({
        service: root,
        deps: {},
        async factory() {
          begun.resolve();
          await gate.promise;
          return { [Symbol.dispose]: () => disposed.resolve() };
        },
      }),
    ]);
    const asked = container.get(root);
    await begun.promise;
    await container.dispose({ timeout: 5, onError: (_, error) => errors.push((error as Error).message) });
    expect(errors).toEqual(["The factory of service 'root' did not end within 5 ms"]);
    gate.resolve();
    await Promise.all([asked, disposed.promise]);
  });
});

describe('any acyclic set of services', () => {
  /** For each service its scope, and those of lower index that it needs. */
  const anyServices = fc.array(
    fc.record({
      scope: fc.constantFrom('root' as const, 'plugin' as const),
      needs: fc.uniqueArray(fc.nat({ max: 9 }), { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 10 },
  );

  it('is made once per owner, dependencies first, whoever asks in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyServices,
        fc.array(fc.tuple(fc.nat({ max: 9 }), fc.constantFrom('p', 'q'))),
        async (services, asks) => {
          const events: string[] = [];
          const refs = services.map(({ scope }, index) =>
            scope === 'root'
              ? createServiceRef<string>({ id: `s${index}`, scope })
              : createServiceRef<string>({ id: `s${index}` }),
          );
          const factories = services.map(({ scope, needs }, index): ServiceFactory => ({
            $$type: '@bulkhead/BackendFeature',
            type: 'service',
            service: refs[index]!,
            deps: Object.fromEntries(
              needs
                .filter((need) => need < index && (scope === 'plugin' || services[need]!.scope === 'root'))
                .map((need) => [`s${need}`, refs[need]!]),
            ),
            async factory(deps) {
              await Promise.resolve();
              const owner = scope === 'root' ? 'root' : executionContext.current()!.pluginId;
              const name = `s${index}@${owner}`;
              for (const dependency of Object.values(deps)) expect(events).toContain(dependency);
              events.push(name);
              return name;
            },
          }));
          const container = new ServiceContainer(factories);
          const answers = await Promise.all(
            asks.map(async ([index, pluginId]) => {
              const ref = refs[index % refs.length]!;
              const owner = ref.scope === 'root' ? 'root' : pluginId;
              return [await container.get(ref, pluginId), `${ref.id}@${owner}`];
            }),
          );
          for (const [answer, expected] of answers) expect(answer).toBe(expected);
          expect(new Set(events).size).toBe(events.length);
        },
      ),
      { numRuns: 60 },
    );
  });
});
