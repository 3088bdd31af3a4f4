import { describe, expect, it } from '@jest/globals';
import {
  coreServices,
  createBackendFeatureLoader,
  createBackendPlugin,
  createExtensionPoint,
  createServiceFactory,
  createServiceRef,
  type FeatureLoader,
  type ServiceRef,
} from '@bulkhead/backend-plugin-api';
import { BulkheadError, formatError, ProblemsError } from '@bulkhead/errors';
import type { PlanCheck } from '../src/index.ts';
import { backendOf, config, module, plugin, problemsOf, rejectionOf } from './fixtures/features.ts';
import { made, ref, service, selfProvided } from './fixtures/graph-services.ts';

describe('a graph with several faults', () => {
  it('is refused with one error that lists them all, before any factory runs', async () => {
    const selfA: ServiceRef<string> = selfProvided('default.a', () => selfB);
    const selfB: ServiceRef<string> = selfProvided('default.b', () => selfA);
    const greedyRoot = createServiceRef<string>({ id: 'greedy', scope: 'root' });
    made.length = 0;
    const backend = backendOf([
      service('store', ['databse']),
      service('database'),
      service('ring.a', ['ring.b']),
      service('ring.b', ['ring.a']),
      createServiceFactory({
        service: greedyRoot,
        // @ts-expect-error A root service cannot depend on a plugin service.
        deps: { store: ref('store') },
        factory: () => 'greedy',
      }),
      plugin('todo', { deps: { store: ref('store'), self: selfA } }),
      plugin('todo'),
      plugin('notes', { deps: { store: ref('store'), logger: ref('core.loger') } }),
      module('todos', 'audit'),
      Promise.reject(new Error("Cannot find package 'plugin-mail'")),
      createBackendPlugin({ pluginId: 'mute', register: () => {} }),
    ]);
    const error = await rejectionOf(backend.start());
    expect(error).toBeInstanceOf(ProblemsError);
    expect(formatError(error).replaceAll(/\S+\/test\/[^ ]+: /g, '')).toBe(
      `
ERR_RUNTIME_INVALID_PLAN: The backend cannot start. There are 9 problems:
  - Feature 10 in the order of backend.add() could not be loaded: Cannot find package 'plugin-mail' [ERR_RUNTIME_IMPORT_FAILED]
  - The registration of plugin 'mute' failed: Plugin 'mute' does not call registerInit [ERR_RUNTIME_REGISTER_FAILED]
      hint: Call env.registerInit({ deps, init }) in register.
  - Plugin 'todo' is installed more than once: feature 6 in the order of backend.add(), feature 7 in the order of backend.add() [ERR_RUNTIME_DUPLICATE_PLUGIN]
      hint: Remove one, or install it under another id: backend.add(import('…'), { pluginId: 'todo-2' }).
  - There is no plugin 'todos' for its module 'audit' (feature 9 in the order of backend.add()) [ERR_RUNTIME_MISSING_PLUGIN]
      hint: Add the plugin, or remove the module.
  - Nobody provides service 'core.loger': plugin 'notes' -> ? [ERR_RUNTIME_MISSING_SERVICE]
      hint: Did you mean 'core.rootLogger'?
  - Nobody provides service 'databse': plugin 'notes' -> service 'store' -> ? [ERR_RUNTIME_MISSING_SERVICE]
      hint: Did you mean 'database'?
  - Root service 'greedy' needs plugin service 'store': root service 'greedy' -> plugin service 'store' [ERR_RUNTIME_SCOPE]
      hint: There is one 'greedy' for all plugins: let it depend on root services only, or make it a plugin service.
  - Services need each other: 'ring.a' -> 'ring.b' -> 'ring.a' [ERR_RUNTIME_SERVICE_CYCLE]
      hint: Break the ring: move what two of them need into a further service.
  - Services need each other: 'default.a' -> 'default.b' -> 'default.a' [ERR_RUNTIME_SERVICE_CYCLE]
      hint: Break the ring: move what two of them need into a further service.
`.trim(),
    );
    expect(made).toEqual([]);
  });
});

describe('what is found before anything starts', () => {
  it('a configuration that cannot be had, with all of its own faults', async () => {
    const faults = [
      { code: 'ERR_CONFIG_TYPE', message: 'one' },
      { code: 'ERR_CONFIG_TYPE', message: 'two' },
    ];
    const broken = createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => {
        throw new ProblemsError('ERR_CONFIG_INVALID', 'The configuration is wrong', faults);
      },
    });
    const codes = (await problemsOf(backendOf([broken, plugin('p', { deps: { x: ref('missing') } })]))).map(
      ({ message }) => message,
    );
    expect(codes).toEqual(['one', 'two', "Nobody provides service 'missing': plugin 'p' -> ?"]);

    const simple = createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => {
        throw new BulkheadError('ERR_TEST', 'no file', { hint: 'Write one.' });
      },
    });
    expect(await problemsOf(backendOf([simple]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_SERVICE_FAILED',
        message: "Service 'core.rootConfig' could not be created: no file",
        hint: 'Write one.',
      },
    ]);
  });

  it('a default factory that cannot be loaded, or provides something else', async () => {
    const broken = createServiceRef<string>({ id: 'broken', defaultFactory: () => Promise.reject(new Error('gone')) });
    const odd = createServiceRef<string>({ id: 'odd', defaultFactory: async () => service('even') as never });
    expect(await problemsOf(backendOf([plugin('p', { deps: { broken, odd } })]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_DEFAULT_FACTORY',
        message: "The default factory of service 'broken' could not be loaded: gone",
        path: ["plugin 'p'"],
      },
      { code: 'ERR_RUNTIME_DEFAULT_FACTORY', message: "The default factory of service 'odd' provides 'even'" },
    ]);
  });

  it('a service that is added twice', async () => {
    expect(await problemsOf(backendOf([service('a'), service('a')]))).toMatchObject([
      { code: 'ERR_RUNTIME_DUPLICATE_SERVICE', message: "Service 'a' is provided twice by backend.add()" },
    ]);
  });

  it('a loader that throws, gives something else, or yields itself', async () => {
    const fails = createBackendFeatureLoader({
      loader: () => {
        throw new Error('no list');
      },
    });
    const odd = { ...createBackendFeatureLoader({ loader: () => [] }), load: async () => 'features' };
    const self = createBackendFeatureLoader({ loader: (): never[] => [self as never] });
    const problems = await problemsOf(backendOf([fails, odd, self]));
    expect(problems.map(({ code, message }) => [code, message.replace(/created at .*:\d+/, 'created there')])).toEqual([
      ['ERR_RUNTIME_LOADER_FAILED', 'The feature loader created there failed: no list'],
      [
        'ERR_RUNTIME_LOADER_FAILED',
        'The feature loader created there failed: it returned string instead of a list of features',
      ],
      ['ERR_RUNTIME_LOADER_FAILED', 'The feature loader created there yields itself'],
    ]);
  });

  it('loaders that yield further loaders without end', async () => {
    const endless = (): FeatureLoader => createBackendFeatureLoader({ loader: () => [endless()] });
    expect(await problemsOf(backendOf([endless()]))).toMatchObject([
      { code: 'ERR_RUNTIME_LOADER_FAILED', message: expect.stringMatching(/stands inside of 10 other loaders$/) },
    ]);
  });

  it('an import and a loader that never settle', async () => {
    const never = new Promise<never>(() => {});
    const loader = createBackendFeatureLoader({ loader: () => never });
    const problems = await problemsOf(backendOf([never, () => never, loader], { settings: { startupTimeout: 5 } }));
    expect(problems.map(({ code, message }) => [code, message.replace(/created at .*:\d+ /, '')])).toEqual([
      [
        'ERR_RUNTIME_IMPORT_FAILED',
        'Feature 1 in the order of backend.add() could not be loaded: The import did not end within 5 ms',
      ],
      [
        'ERR_RUNTIME_IMPORT_FAILED',
        'Feature 2 in the order of backend.add() could not be loaded: The import did not end within 5 ms',
      ],
      ['ERR_RUNTIME_LOADER_FAILED', 'The feature loader failed: The loading did not end within 5 ms'],
    ]);
  });

  it('an import of what is not there', async () => {
    expect(await problemsOf(backendOf([import('@acme/' + 'not-there')]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_IMPORT_FAILED',
        message: expect.stringContaining("'@acme/not-there'"),
      },
    ]);
  });

  it('a function that throws instead of importing', async () => {
    const backend = backendOf([
      () => {
        throw new Error('no import');
      },
    ]);
    expect(await problemsOf(backend)).toMatchObject([
      {
        code: 'ERR_RUNTIME_IMPORT_FAILED',
        message: expect.stringContaining('could not be loaded: no import'),
        source: { file: import.meta.filename },
      },
    ]);
  });

  it('bad ids', async () => {
    const backend = backendOf([
      { ...plugin('p'), pluginId: 'no spaces' },
      { ...module('p', 'm'), moduleId: '-m' },
      { ...service('s'), service: { ...ref('s'), id: 's..s' } },
      plugin('p'),
    ]);
    backend.add(plugin('fine'), { pluginId: 'nöt-fine' });
    expect((await problemsOf(backend)).map(({ code, message }) => [code, message.split(' (')[0]])).toEqual([
      ['ERR_RUNTIME_INVALID_ID', '"no spaces" cannot be the id of a plugin'],
      ['ERR_RUNTIME_INVALID_ID', '"-m" cannot be the id of a module'],
      ['ERR_RUNTIME_INVALID_ID', '"s..s" cannot be the id of a service'],
      ['ERR_RUNTIME_INVALID_ID', '"nöt-fine" cannot be the id of a plugin'],
    ]);
  });

  it('an extension point that nobody registers', async () => {
    const offered = createExtensionPoint<unknown>({ id: 'todo.listeners' });
    const asked = createExtensionPoint<unknown>({ id: 'todo.listener' });
    const backend = backendOf([plugin('todo', { offers: [[offered, {}]] }), module('todo', 'm', { deps: { asked } })]);
    expect(await problemsOf(backend)).toMatchObject([
      {
        code: 'ERR_RUNTIME_UNKNOWN_EXTENSION_POINT',
        message: "Nobody registers extension point 'todo.listener': module 'm' of plugin 'todo' -> ?",
        hint: "Did you mean 'todo.listeners'?",
      },
    ]);
  });

  it('what the checks of the assembly find, together with the rest', async () => {
    const seen: unknown[] = [];
    const check: PlanCheck = (plan, { rootConfig }) => {
      seen.push(rootConfig?.getOptionalString('key'));
      return plan.plugins.map(({ pluginId }) => ({ code: 'ERR_TEST', message: `${pluginId} does not suit`, pluginId }));
    };
    const throwing: PlanCheck = async () => {
      throw new Error('cannot check');
    };
    const listing: PlanCheck = () => {
      throw new ProblemsError('ERR_TEST_LIST', 'Several', [{ code: 'ERR_TEST', message: 'the same for two checks' }]);
    };
    const features = [plugin('a'), plugin('b', { deps: { x: ref('missing') } }), config({ key: 'value' })];
    const problems = await problemsOf(backendOf(features, { checks: [check, throwing, listing, listing] }));
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['ERR_TEST', 'a does not suit'],
      ['ERR_TEST', 'b does not suit'],
      ['ERR_RUNTIME_CHECK_FAILED', 'A check of the plan failed: cannot check'],
      ['ERR_TEST', 'the same for two checks'],
      ['ERR_RUNTIME_MISSING_SERVICE', "Nobody provides service 'missing': plugin 'b' -> ?"],
    ]);
    expect(seen).toEqual(['value']);
  });
});
