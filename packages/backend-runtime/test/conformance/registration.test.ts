import { describe, expect, it } from '@jest/globals';
import {
  coreServices,
  createBackendFeatureLoader,
  createBackendPlugin,
  createServiceFactory,
  createServiceRef,
} from '@bulkhead/backend-plugin-api';
import { ConfigReader } from '@bulkhead/config';
import type { PlanCheck } from '../../src/index.ts';
import { backendOf, config, deferred, module, plugin, problemsOf, rejectionOf } from '../fixtures/features.ts';

describe('registration of plugins', () => {
  it('R1 name inferred when none given: the id is the one that the author wrote, never that of a class or file', async () => {
    const backend = backendOf([plugin('example')]);
    expect((await backend.plan()).plugins).toMatchObject([{ pluginId: 'example', declaredPluginId: 'example' }]);
    await backend.stop();
  });

  it('R2 explicit name and manifest kept', async () => {
    const declaredAt: unknown[] = [];
    const check: PlanCheck = ({ plugins }) => {
      declaredAt.push(...plugins.map((planned) => planned.declaredAt));
      return [];
    };
    const backend = backendOf([], { checks: [check] });
    backend.add(plugin('s3'), { pluginId: 'minio' });
    expect((await backend.plan()).plugins).toMatchObject([{ pluginId: 'minio', declaredPluginId: 's3' }]);
    // The manifest is in the package.json above the file.
    expect(declaredAt).toEqual([expect.stringMatching(/backend-runtime\/test\/fixtures\/features\.ts:\d+:\d+$/)]);
    await backend.stop();
  });

  it('R3 plain object without a name refused', async () => {
    const nameless = { ...plugin('p'), pluginId: undefined };
    expect(await problemsOf(backendOf([nameless as never]))).toMatchObject([
      { code: 'ERR_RUNTIME_INVALID_FEATURE', message: expect.stringContaining("'pluginId' should be a string") },
    ]);
  });

  it('R4 non-kebab name refused', async () => {
    const names = ['two words', 'edge-', '-edge', 'double--dash', '1st', ''];
    for (const name of names) {
      expect(() => plugin(name)).toThrow(expect.objectContaining({ code: 'ERR_PLUGIN_API_INVALID_ID' }));
    }
    const backend = backendOf([]);
    for (const pluginId of names) backend.add(plugin('p'), { pluginId });
    expect((await problemsOf(backend)).map(({ code }) => code)).toEqual(names.map(() => 'ERR_RUNTIME_INVALID_ID'));
  });

  it('R5 duplicate name refused', async () => {
    expect(await problemsOf(backendOf([plugin('p'), plugin('p')]))).toMatchObject([
      { code: 'ERR_RUNTIME_DUPLICATE_PLUGIN' },
    ]);
  });

  it('R6 missing `init` refused (missing register)', async () => {
    const initless = createBackendPlugin({ pluginId: 'p', register: () => {} });
    const registerless = { ...plugin('q'), getRegistration: undefined };
    expect((await problemsOf(backendOf([initless, registerless as never]))).map(({ message }) => message)).toEqual([
      "The registration of plugin 'p' failed: Plugin 'p' does not call registerInit",
      expect.stringContaining("'getRegistration' should be a function, but is missing"),
    ]);
  });

  it('R7 unknown name → not found with suggestion', async () => {
    expect(await problemsOf(backendOf([plugin('storage'), module('storag', 'm')]))).toMatchObject([
      { code: 'ERR_RUNTIME_MISSING_PLUGIN', hint: expect.stringContaining("Did you mean plugin 'storage'?") },
    ]);
  });

  it('R8 `list` gives names in order', async () => {
    const ids = ['c', 'a', 'b'];
    const lists: string[][] = [];
    const observer = plugin('z', {
      deps: { host: coreServices.rootHost },
      init: ({ host }) => lists.push(host.getPlugins().map(({ pluginId }) => pluginId)),
    });
    const backend = backendOf([...ids.map((id) => plugin(id)), observer]);
    await backend.start();
    expect(lists).toEqual([['c', 'a', 'b', 'z']]);
    await backend.stop();
  });

  it('R9 wrapper init sets name, config copy, context', async () => {
    const seen: unknown[] = [];
    const section = createServiceRef<string>({ id: 'section' });
    const backend = backendOf([
      config({ example: { message: 'hello' } }),
      createServiceFactory({
        service: section,
        deps: { config: coreServices.rootConfig, metadata: coreServices.pluginMetadata },
        factory: (deps) => deps.config.getString(`${deps.metadata.getId()}.message`),
      }),
      plugin('example', { deps: { section }, init: (deps) => seen.push(deps) }),
    ]);
    await backend.start();
    expect(seen).toEqual([{ section: 'hello' }]);
    await backend.stop();
  });

  it('R10 incompatible host version refused; R11 privileged flag honoured only when configured: by a check of the assembly', async () => {
    const check: PlanCheck = ({ plugins }, { rootConfig }) =>
      plugins
        .filter(({ pluginId }) => !rootConfig!.getOptionalBoolean(`${pluginId}.privileged`))
        .map(({ pluginId }) => ({
          code: 'ERR_TEST_HOST_VERSION',
          message: `${pluginId} needs host ^2.0.0, this is 1.0.0`,
          pluginId,
        }));
    const features = [plugin('old'), plugin('granted'), config({ granted: { privileged: true } })];
    expect(await problemsOf(backendOf(features, { checks: [check] }))).toMatchObject([
      { code: 'ERR_TEST_HOST_VERSION', message: 'old needs host ^2.0.0, this is 1.0.0', pluginId: 'old' },
    ]);
  });

  it('R12 `info` describes application and plugin', async () => {
    const backend = backendOf([plugin('p'), module('p', 'm')]);
    const { plugins, services } = await backend.plan();
    expect(plugins).toMatchObject([{ pluginId: 'p', position: 1, modules: [{ moduleId: 'm', position: 2 }] }]);
    expect(services.map(({ id }) => id)).toContain('core.rootHost');
    await backend.stop();
  });

  it('R13 manifest: illegal name characters, non-boolean privileged refused', async () => {
    const odd = { ...plugin('p'), pluginId: 'p!', getRegistration: 'yes' };
    expect(await problemsOf(backendOf([odd as never]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_INVALID_FEATURE',
        message: expect.stringContaining("'getRegistration' should be a function"),
      },
    ]);
  });

  it('R14 manifest missing/unreadable → refused: a package that cannot be imported, alone or from a loader', async () => {
    const missing = './no-such-package.js';
    const gone = (): Promise<never> => import(missing) as Promise<never>;
    const loader = createBackendFeatureLoader({ loader: () => [gone()] });
    const problems = await problemsOf(backendOf([gone, loader]));
    expect(problems.map(({ code }) => code)).toEqual(['ERR_RUNTIME_IMPORT_FAILED', 'ERR_RUNTIME_IMPORT_FAILED']);
    expect(problems[1]!.message).toMatch(/from the loader created at .* at index 0 could not be loaded/);
  });

  it('R15 malformed catalogue refused: codes of checks are kept as they are', async () => {
    const check: PlanCheck = () => [{ code: 'ERR_TEST_CATALOGUE', message: 'malformed', hint: 'Mend it.' }];
    expect(await problemsOf(backendOf([], { checks: [check] }))).toEqual([
      { code: 'ERR_TEST_CATALOGUE', message: 'malformed', hint: 'Mend it.' },
    ]);
  });

  it('R16 application must be first and only one: a root service is made before any plugin, once', async () => {
    const events: string[] = [];
    const application = createServiceRef<number>({ id: 'application', scope: 'root' });
    const backend = backendOf([
      plugin('a', { deps: { application }, init: () => events.push('a') }),
      plugin('b', { deps: { application }, init: () => events.push('b') }),
      createServiceFactory({ service: application, deps: {}, factory: () => events.push('application') }),
    ]);
    await backend.start();
    expect(events).toEqual(['application', 'a', 'b']);
    await backend.stop();
  });

  it('R17 failsafe mode loads only core plugins: `enabled` picks plugins', async () => {
    const startup = { default: { enabled: false }, plugins: { core: { enabled: true } } };
    const backend = backendOf([plugin('core'), plugin('extra')], { config: { backend: { startup } } });
    expect((await backend.start()).plugins.map(({ pluginId }) => pluginId)).toEqual(['core']);
    await backend.stop();
  });

  it('R18 every init called once with (config, context)', async () => {
    const calls: string[] = [];
    const backend = backendOf([
      plugin('a', { init: () => calls.push('a') }),
      plugin('b', { init: () => calls.push('b') }),
      module('a', 'm', { init: () => calls.push('a/m') }),
    ]);
    await backend.start();
    expect(calls.toSorted()).toEqual(['a', 'a/m', 'b']);
    await backend.stop();
  });

  it('R19 init exceeding timeout rejects start', async () => {
    const hanging = plugin('slow', { init: () => new Promise(() => {}) });
    const error = await rejectionOf(
      backendOf([hanging], { config: { backend: { startup: { timeout: '5ms' } } } }).start(),
    );
    expect(error).toMatchObject({
      code: 'ERR_RUNTIME_STARTUP_FAILED',
      cause: {
        code: 'ERR_RUNTIME_START_TIMEOUT',
        message: "Plugin 'slow' did not start within 5 ms: its init has not returned",
      },
    });
  });

  it('R20 all declared features registered after init, by kind', async () => {
    const backend = backendOf([plugin('p'), module('p', 'm')]);
    const { steps } = await backend.start();
    expect(steps.filter(({ type }) => type !== 'service').map(({ type, id }) => [type, id])).toEqual([
      ['module', 'm'],
      ['plugin', 'p'],
    ]);
    await backend.stop();
  });

  it('R21 setters refuse once started', async () => {
    const begun = deferred();
    const end = deferred();
    const backend = backendOf([
      plugin('p', {
        init() {
          begun.resolve();
          return end.promise;
        },
      }),
    ]);
    const started = backend.start();
    // From the moment when start begins, not only once it has ended.
    expect(() => backend.add(plugin('q'))).toThrow(expect.objectContaining({ code: 'ERR_RUNTIME_ALREADY_STARTED' }));
    await begun.promise;
    expect(() => backend.add(plugin('q'))).toThrow(expect.objectContaining({ code: 'ERR_RUNTIME_ALREADY_STARTED' }));
    end.resolve();
    await started;
    expect(() => backend.add(plugin('q'))).toThrow(expect.objectContaining({ code: 'ERR_RUNTIME_ALREADY_STARTED' }));
    await expect(backend.start()).rejects.toMatchObject({ code: 'ERR_RUNTIME_ALREADY_STARTED' });
    await backend.stop();
  });

  it('R22 what needs a started host refuses before: no service is made, no report is there', async () => {
    const made: string[] = [];
    const root = createServiceFactory({
      service: createServiceRef<number>({ id: 'root', scope: 'root' }),
      deps: {},
      factory: () => made.push('root'),
    });
    const backend = backendOf([root, plugin('p', { init: () => made.push('p') })]);
    await backend.plan();
    expect(made).toEqual([]);
    await backend.stop();
    await expect(backend.start()).rejects.toMatchObject({ code: 'ERR_RUNTIME_STOPPED' });
  });

  it('R23 install handlers stored; refused once running: startup hooks', async () => {
    const events: string[] = [];
    let late: (() => void) | undefined;
    const backend = backendOf([
      createServiceFactory({ service: coreServices.rootConfig, deps: {}, factory: () => new ConfigReader() }),
      plugin('p', {
        deps: { lifecycle: coreServices.lifecycle },
        init({ lifecycle }) {
          lifecycle.addStartupHook(() => void events.push('hook'));
          late = () => lifecycle.addStartupHook(() => void events.push('late'));
        },
      }),
    ]);
    await backend.start();
    expect(late).toThrow(expect.objectContaining({ code: 'ERR_RUNTIME_LIFECYCLE_OVER' }));
    expect(events).toEqual(['hook']);
    await backend.stop();
  });
});
