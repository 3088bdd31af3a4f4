import { describe, expect, it } from '@jest/globals';
import { coreServices, createExtensionPoint, type BackendFeature } from '@bulkhead/backend-plugin-api';
import { backendOf, deferred, module, plugin, problemsOf } from '../fixtures/features.ts';
import { continueAll, point, ref, rootRef } from '../fixtures/initializer.ts';

describe('BackendInitializer: registrations and metadata', () => {
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
});
