import { describe, expect, it } from '@jest/globals';
import { coreServices } from '@bulkhead/backend-plugin-api';
import { backendOf, problemsOf, running } from './fixtures/backend.ts';
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
  type WireFeature,
} from './fixtures/wire.ts';

const point = wirePoint('p.items');

/** Ids of plugins in the order in which their inits ran. */
async function started(make: (plugin: (id: string) => WireFeature) => readonly unknown[]): Promise<string[]> {
  const ids: string[] = [];
  const features = make((id) => wirePlugin(id, { init: () => ids.push(id) }));
  await running(backendOf(features));
  return ids.toSorted();
}

describe('a foreign feature', () => {
  it('is taken with zero, one and two default wrappers, at once and promised, also as a function', async () => {
    const ids = await started((plugin) => [
      plugin('a'),
      { default: plugin('b') },
      { default: { default: plugin('c') } },
      Promise.resolve(plugin('d')),
      Promise.resolve({ default: plugin('e') }),
      Promise.resolve({ default: { default: plugin('f') } }),
      async () => ({ default: plugin('g') }),
      Object.assign(() => {}, plugin('h')),
    ]);
    expect(ids).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
  });

  it('need not say of which type it is', async () => {
    const made: string[] = [];
    const untyped = ({ featureType: _, ...rest }: WireFeature): object => rest;
    const ref = wireRef('a.service');
    const p = wirePlugin('p', { deps: { ref }, init: ({ ref: value }) => made.push(value) });
    const factory = wireFactory(ref, {}, () => 'made');
    await running(backendOf([untyped(p), untyped(wireLoader(() => [untyped(factory)]))]));
    expect(made).toEqual(['made']);
  });

  it('may be a function of the older generation, which is called', async () => {
    const factory = (id: string, seen: string[]) =>
      Object.assign(() => wirePlugin(id, { init: () => seen.push(id) }), {
        $$type: '@backstage/BackendFeatureFactory',
      });
    const seen: string[] = [];
    await running(
      backendOf([factory('p', seen), { default: factory('q', seen) }, wireLoader(() => [factory('r', seen)])]),
    );
    expect(seen.toSorted()).toEqual(['p', 'q', 'r']);
  });

  it('may declare plugins and modules of both generations', async () => {
    const events: string[] = [];
    const says = (what: string) => (deps: { items?: { add(text: string): void } }) => {
      deps.items?.add(what);
      events.push(what);
    };
    const items = { add: (text: string) => events.push(`added by ${text}`) };
    const init = (what: string, deps: object = {}) => ({
      deps,
      func: async (resolved: object) => says(what)(resolved),
    });
    await running(
      backendOf([
        registering(() => [{ type: 'plugin', pluginId: 'p', extensionPoints: [[point, items]], init: init('old') }]),
        registering(() => [
          {
            type: 'module',
            pluginId: 'p',
            moduleId: 'm',
            extensionPoints: [],
            init: init('old module', { items: point }),
          },
        ]),
        wireModule('p', 'n', { deps: { items: point }, init: says('new module') }),
      ]),
    );
    expect(events.slice(0, -1).toSorted()).toEqual([
      'added by new module',
      'added by old module',
      'new module',
      'old module',
    ]);
    expect(events.at(-1)).toBe('old');
  });

  it('may register several plugins and modules', async () => {
    const events: string[] = [];
    const say = (what: string) => ({ init: () => events.push(what) });
    await running(
      backendOf([
        registering(() => [
          pluginRegistration('p', say('p')),
          moduleRegistration('p', 'm', say('m')),
          pluginRegistration('q', say('q')),
        ]),
      ]),
    );
    expect(events.toSorted()).toEqual(['m', 'p', 'q']);
  });

  it('is registered once for each start', async () => {
    let count = 0;
    await running(backendOf([registering(() => (count++, [pluginRegistration('p')]))]));
    expect(count).toBe(1);
  });

  it('names services by id, whichever copy of a package made the ref', async () => {
    const seen: unknown[] = [];
    await running(
      backendOf([
        wireFactory(wireRef('a.service'), {}, () => 'the one'),
        wirePlugin('p', { deps: { a: wireRef('a.service') }, init: ({ a }) => seen.push(a) }),
        wirePlugin('q', { deps: { a: { id: 'a.service', scope: 'plugin' } }, init: ({ a }) => seen.push(a) }),
      ]),
    );
    expect(seen).toEqual(['the one', 'the one']);
  });
});

describe('extension points of a foreign plugin', () => {
  it('are made by factories, once for each module that asks', async () => {
    const seen: unknown[] = [];
    let made = 0;
    const using = (moduleId: string) =>
      wireModule('p', moduleId, { deps: { point }, init: ({ point: value }) => seen.push(value) });
    await running(backendOf([wirePlugin('p', { offers: [offer(point, () => ++made)] }), using('m'), using('n')]));
    expect(seen.toSorted()).toEqual([1, 2]);
  });

  it('can report that a module proved faulty', async () => {
    const accusing = offer(point, (context: { reportModuleStartupFailure(options: { error: Error }): void }) => ({
      accuse: () => context.reportModuleStartupFailure({ error: new TypeError('unfit') }),
    }));
    const backend = backendOf([
      wirePlugin('p', { offers: [accusing] }),
      wireModule('p', 'm', { deps: { point }, init: ({ point: { accuse } }) => accuse() }),
    ]);
    await expect(backend.start()).rejects.toMatchObject({
      code: 'ERR_RUNTIME_STARTUP_FAILED',
      report: { plugins: [{ modules: [{ moduleId: 'm', failure: { error: { message: 'unfit' } } }] }] },
    });
  });
});

describe('default factories', () => {
  const counting = (counts: Record<string, number>, name: string) =>
    wireRef('a.service', {
      __defaultFactory: async (ref) => {
        counts[name] = (counts[name] ?? 0) + 1;
        return wireFactory(ref, {}, () => `made by ${name}`);
      },
    });

  it('are loaded once, also where two packages name the same service', async () => {
    const counts: Record<string, number> = {};
    const seen: unknown[] = [];
    const [one, two] = [counting(counts, 'one'), counting(counts, 'two')];
    const user = (id: string, ref: object) => wirePlugin(id, { deps: { ref }, init: (deps) => seen.push(deps.ref) });
    await running(backendOf([user('p', one), user('q', one), user('r', two)]));
    expect({ counts, seen: new Set(seen) }).toEqual({ counts: { one: 1 }, seen: new Set(['made by one']) });
  });

  it('are not loaded where somebody provides the service', async () => {
    const counts: Record<string, number> = {};
    const ref = counting(counts, 'one');
    const seen: unknown[] = [];
    await running(
      backendOf([
        wirePlugin('p', { deps: { ref }, init: (deps) => seen.push(deps.ref) }),
        wireFactory(ref, {}, () => 'added'),
      ]),
    );
    expect({ counts, seen }).toEqual({ counts: {}, seen: ['added'] });
  });

  it.each([
    ['a function that makes the factory', (factory: object) => () => factory],
    ['a marked one', (factory: object) => Object.assign(() => factory, { $$type: '@backstage/BackendFeatureFactory' })],
    ['the module whose default export it is', (factory: object) => ({ default: factory })],
  ])('may load %s', async (_, wrap) => {
    const ref = wireRef('a.service', { __defaultFactory: async (own) => wrap(wireFactory(own, {}, () => 'made')) });
    const seen: unknown[] = [];
    await running(backendOf([wirePlugin('p', { deps: { ref }, init: (deps) => seen.push(deps.ref) })]));
    expect(seen).toEqual(['made']);
  });

  it('that load something else are a problem', async () => {
    const ref = wireRef('a.service', { __defaultFactory: async () => ({ deps: {} }) });
    expect(await problemsOf(backendOf([wirePlugin('p', { deps: { ref } })]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_DEFAULT_FACTORY',
        message: expect.stringContaining("'service' should be an object, but is missing"),
        cause: { cause: { code: 'ERR_INTEROP_DEFAULT_FACTORY' } },
      },
    ]);
  });
});

describe('foreign service factories', () => {
  it('share a root context that gets the root services alone', async () => {
    const rootRef = wireRootRef('a.root');
    const ref = wireRef('a.service');
    const contexts: unknown[] = [];
    const seen: string[] = [];
    const user = (id: string) => wirePlugin(id, { deps: { ref }, init: (deps) => seen.push(deps.ref) });
    const deps = { root: rootRef, metadata: wireRef('core.pluginMetadata') };
    await running(
      backendOf([
        wireFactory(rootRef, {}, () => 'root'),
        wireFactory(ref, deps, ({ metadata }, context) => `${metadata.getId()} in ${context}`, {
          createRootContext: async (resolved: object) => (contexts.push(resolved), 'the context'),
        }),
        user('p'),
        user('q'),
      ]),
    );
    expect(contexts).toEqual([{ root: 'root' }]);
    expect(seen.toSorted()).toEqual(['p in the context', 'q in the context']);
  });

  it('are made at the start or on demand, as they say', async () => {
    const made: string[] = [];
    const make = (ref: object, name: string, rest: object = {}) => wireFactory(ref, {}, () => made.push(name), rest);
    await running(
      backendOf([
        make(wireRootRef('a.eager'), 'eager root'),
        make(wireRootRef('a.lazy'), 'lazy root', { initialization: 'lazy' }),
        make(wireRef('a.always'), 'always', { initialization: 'always' }),
        make(wireRef('a.default'), 'default'),
        wirePlugin('p'),
      ]),
    );
    expect(made).toEqual(['eager root', 'always']);
  });

  it('of a multiton are collected, native ones among them', async () => {
    const many = wireRootRef('many', { multiton: true });
    const seen: unknown[] = [];
    await running(
      backendOf([
        wireFactory(many, {}, () => 'one'),
        wireLoader(() => [wireFactory(many, {}, () => 'three')]),
        wireFactory(many, {}, () => 'two'),
        wirePlugin('p', {
          deps: { many, none: wireRootRef('none', { multiton: true }) },
          init: (deps) => seen.push(deps.many, deps.none),
        }),
      ]),
    );
    expect(seen).toEqual([['one', 'two', 'three'], []]);
  });
});

describe('foreign feature loaders', () => {
  it.each([
    ['an array', (features: unknown[]) => features],
    ['a promise of one', async (features: unknown[]) => features],
    ['an iterable', (features: unknown[]) => new Set(features)],
    [
      'a generator',
      function* (features: unknown[]) {
        yield* features;
      },
    ],
    [
      'an async generator',
      async function* (features: unknown[]) {
        yield* features;
      },
    ],
  ])('may yield %s, with promises, modules and loaders in it', async (_, collect) => {
    const ids = await started((plugin) => [
      wireLoader(() =>
        collect([
          plugin('a'),
          Promise.resolve({ default: plugin('b') }),
          { default: { default: plugin('c') } },
          wireLoader(() => [plugin('d')]),
        ]),
      ),
    ]);
    expect(ids).toEqual(['a', 'b', 'c', 'd']);
  });

  it('use root services and are told apart in messages', async () => {
    const rootRef = wireRootRef('a.root');
    const seen: unknown[] = [];
    const good = wireLoader(({ root }) => (seen.push(root), []), { root: rootRef });
    await running(backendOf([good, wireFactory(rootRef, {}, () => 'root')]));
    expect(seen).toEqual(['root']);

    const bad = wireLoader(() => [wirePlugin('p'), { not: 'a feature' }]);
    const hopeless = wireLoader(() => 7);
    expect(await problemsOf(backendOf([bad, hopeless]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_INVALID_FEATURE',
        message: expect.stringMatching(/^Feature 1 .*, from the loader created at 'loader\.ts:1' at index 1 is not a/),
      },
      { code: 'ERR_RUNTIME_LOADER_FAILED', message: expect.stringContaining("loader created at 'loader.ts:1' failed") },
    ]);
  });

  it('may not depend on plugin services', async () => {
    const greedy = wireLoader(() => [], { logger: coreServices.logger });
    expect(await problemsOf(backendOf([greedy]))).toContainEqual(
      expect.objectContaining({
        code: 'ERR_RUNTIME_SCOPE',
        message: expect.stringContaining("loader created at 'loader.ts:1' needs plugin service 'core.logger'"),
      }),
    );
  });
});
