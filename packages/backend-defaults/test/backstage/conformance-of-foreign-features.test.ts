import { describe, expect, it } from '@jest/globals';
import { createSpecializedBackend } from '@bulkhead/backend-runtime';
import { translateExtensionPointMiddleware } from '@bulkhead/backstage-interop';
import { backendOf, continueAll, problemsOf, running } from './fixtures/backend.ts';
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

/**
 * The lines of the conformance list that the native tests cannot show, or show for native features alone. The others on wire forms
 * stand in the files beside this one.
 */
const ref = wireRootRef('the.service');
const point = wirePoint('test.point');
const service = (value: string) => wireFactory(ref, {}, () => value);
const reader = (seen: unknown[]) => wirePlugin('p', { deps: { ref }, init: (deps) => seen.push(deps.ref) });

describe('BackendInitializer, with foreign features', () => {
  it('1 module runs only if its plugin is installed', async () => {
    const events: string[] = [];
    const orphan = wireModule('absent', 'm', { init: () => events.push('orphan') });
    const owned = wireModule('p', 'm', { init: () => events.push('owned') });
    await running(backendOf([orphan, owned, wirePlugin('p')], { config: continueAll }));
    expect(events).toEqual(['owned']);
  });

  it("4 explicit service beats loader's and default's", async () => {
    const seen: unknown[] = [];
    const withDefault = wireRootRef('the.service', { __defaultFactory: async () => service('default') });
    const user = wirePlugin('q', { deps: { ref: withDefault }, init: (deps) => seen.push(deps.ref) });
    await running(backendOf([user, wireLoader(() => [service('loaded')]), service('added')]));
    await running(backendOf([user, wireLoader(() => [service('loaded')])]));
    await running(backendOf([user]));
    expect(seen).toEqual(['added', 'loaded', 'default']);
  });

  it('6 duplicates inside loader tolerated when overridden explicitly', async () => {
    const seen: unknown[] = [];
    await running(backendOf([wireLoader(() => [service('one'), service('two')]), service('added'), reader(seen)]));
    expect(seen).toEqual(['added']);
  });

  it('7 same service from two loaders rejected', async () => {
    const loaders = [wireLoader(() => [service('one')]), wireLoader(() => [service('two')])];
    expect(await problemsOf(backendOf(loaders))).toMatchObject([
      {
        code: 'ERR_RUNTIME_DUPLICATE_SERVICE',
        message: expect.stringContaining("by feature loaders, the second time by the loader created at 'loader.ts:1'"),
      },
    ]);
  });

  it('8 cannot replace a service already instantiated by a loader dep', async () => {
    const withDefault = wireRootRef('the.service', { __defaultFactory: async () => service('default') });
    const greedy = wireLoader(() => [service('replacement')], { ref: withDefault });
    expect(await problemsOf(backendOf([greedy]))).toMatchObject([{ code: 'ERR_RUNTIME_SERVICE_ALREADY_CREATED' }]);
  });

  it("16 consumers of a module's extension point run before it, in order", async () => {
    const events: string[] = [];
    await running(
      backendOf([
        wirePlugin('p', { init: () => events.push('plugin') }),
        wireModule('p', 'provider', { offers: [offer(point, () => ({}))], init: () => events.push('provider') }),
        wireModule('p', 'consumer', { deps: { point }, init: () => events.push('consumer') }),
      ]),
    );
    expect(events).toEqual(['consumer', 'provider', 'plugin']);
  });

  it('18, 19, 51 an init that fails stops the host, or not, as the policy says', async () => {
    const broken = () => {
      throw new TypeError('broken');
    };
    await expect(backendOf([wirePlugin('p', { init: broken })]).start()).rejects.toMatchObject({
      code: 'ERR_RUNTIME_STARTUP_FAILED',
      message: "The backend could not start: plugin 'p' failed",
      report: { plugins: [{ pluginId: 'p', failure: { error: { message: 'broken' }, allowed: false } }] },
    });
    const backend = backendOf([wirePlugin('p', { init: broken }), wirePlugin('q')], { config: continueAll });
    const { plugins } = await backend.start();
    expect(plugins.find(({ pluginId }) => pluginId === 'p')).toMatchObject({ failure: { allowed: true } });
    await backend.stop();
  });

  it('28, 29 duplicate plugin and duplicate module rejected', async () => {
    const twice = [wirePlugin('p'), wirePlugin('p'), wirePlugin('q'), wireModule('q', 'm'), wireModule('q', 'm')];
    expect((await problemsOf(backendOf(twice))).map(({ code }) => code)).toEqual([
      'ERR_RUNTIME_DUPLICATE_PLUGIN',
      'ERR_RUNTIME_DUPLICATE_MODULE',
    ]);
  });

  it('36, 37 missing deps listed, also of a plugin that asks for an extension point', async () => {
    const problems = await problemsOf(
      backendOf([
        wirePlugin('p', { deps: { a: wireRef('a'), b: wireRef('b') } }),
        wireModule('p', 'm', { deps: { a: wireRef('a') } }),
        wirePlugin('q', { deps: { point } }),
      ]),
    );
    expect(problems.map(({ message }) => message).toSorted()).toEqual([
      "Nobody provides service 'a': module 'm' of plugin 'p' -> ?",
      "Nobody provides service 'a': plugin 'p' -> ?",
      "Nobody provides service 'b': plugin 'p' -> ?",
      "Plugin 'q' depends on extension point 'test.point', which only modules can",
    ]);
  });

  it('54-58 middleware: applies, ignores others, chains in order, unknown target harmless, absent = passthrough', async () => {
    const wrapping = (mark: string, extensionPointId: string = point.id) =>
      translateExtensionPointMiddleware({
        $$type: '@backstage/ExtensionPointFactoryMiddleware',
        version: 'v1',
        extensionPointId,
        middleware: async (original: string) => `${mark}(${original})`,
      });
    const other = wirePoint('test.other');
    const start = async (extensionPointMiddleware?: ReturnType<typeof wrapping>[]): Promise<unknown[]> => {
      const seen: unknown[] = [];
      const owner = wirePlugin('p', { offers: [offer(point, () => 'a point'), offer(other, () => 'another')] });
      const module = wireModule('p', 'm', {
        deps: { point, other },
        init: (deps) => seen.push(deps.point, deps.other),
      });
      await running(backendOf([owner, module], { extensionPointMiddleware }));
      return seen;
    };
    expect(await start([wrapping('one'), wrapping('two'), wrapping('three', 'nobody.offers')])).toEqual([
      'two(one(a point))',
      'another',
    ]);
    expect(await start()).toEqual(['a point', 'another']);
  });

  it('refuses foreign features, with what is expected, where no protocol takes them', async () => {
    const backend = createSpecializedBackend();
    backend.add(wirePlugin('p'));
    expect(await problemsOf(backend)).toMatchObject([{ code: 'ERR_RUNTIME_INVALID_FEATURE' }]);
  });

  it('does not let core.pluginMetadata be overridden, and says by which package', async () => {
    const packages = { ofFeature: () => ({ name: '@acme/odd', version: '1.0.0' }), ofServiceRef: () => undefined };
    const factory = wireFactory(wireRef('core.pluginMetadata'), {}, () => ({}));
    expect(await problemsOf(backendOf([factory], { packages }))).toMatchObject([
      {
        code: 'ERR_RUNTIME_RESERVED_SERVICE',
        message: "Service 'core.pluginMetadata' is provided by the runtime and cannot be overridden [@acme/odd 1.0.0]",
        package: { name: '@acme/odd', version: '1.0.0' },
      },
    ]);
  });
});
