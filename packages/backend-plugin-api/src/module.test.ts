import { describe, expect, it } from '@jest/globals';
import { coreServices } from './core-services.ts';
import { createExtensionPoint } from './extension-point.ts';
import { createBackendModule } from './module.ts';
import { createServiceRef } from './service-ref.ts';

const init = async (): Promise<void> => {};
const listeners = createExtensionPoint<{ add(name: string): void }>({ id: 'todo.listeners' });
const filters = createExtensionPoint<{ moduleId: string }>({ id: 'todo.filters' });

describe('createBackendModule', () => {
  it('module: exact shape', () => {
    const module = createBackendModule({
      pluginId: 'todo',
      moduleId: 'audit',
      register(env) {
        env.registerExtensionPoint({ extensionPoint: filters, factory: ({ moduleId }) => ({ moduleId }) });
        env.registerInit({ deps: { logger: coreServices.logger }, init });
      },
    });
    expect(module).toMatchObject({
      $$type: '@bulkhead/BackendFeature',
      type: 'module',
      pluginId: 'todo',
      moduleId: 'audit',
    });
    expect(module.declaredAt).toMatch(/module\.test\.ts:\d+:\d+$/);

    const registration = module.getRegistration();
    expect(registration).toEqual({
      type: 'module',
      pluginId: 'todo',
      moduleId: 'audit',
      extensionPoints: [{ extensionPoint: filters, factory: expect.any(Function) }],
      init: { deps: { logger: coreServices.logger }, run: init },
    });
    const context = { moduleId: 'other', reportModuleStartupFailure() {} };
    expect(registration.extensionPoints[0]!.factory(context)).toEqual({ moduleId: 'other' });
  });

  it('module: all dep kinds', () => {
    const many = createServiceRef<number>({ id: 'many', scope: 'root', multiton: true });
    const deps = { listeners, many, logger: coreServices.logger, root: coreServices.rootLogger };
    const module = createBackendModule({
      pluginId: 'todo',
      moduleId: 'audit',
      register: (env) => env.registerInit({ deps, init }),
    });
    expect(module.getRegistration().init.deps).toEqual(deps);
  });

  it.each(['', '1a', 'a b', 'a--b', 'a.b'])('module: invalid id rejected (%p)', (id) => {
    const invalid = expect.objectContaining({ code: 'ERR_PLUGIN_API_INVALID_ID' });
    expect(() => createBackendModule({ pluginId: 'todo', moduleId: id, register() {} })).toThrow(invalid);
    expect(() => createBackendModule({ pluginId: id, moduleId: 'audit', register() {} })).toThrow(invalid);
  });

  it('may have a longer id than a plugin: no place in a database is called by it', () => {
    const moduleId = 'a-rather-long-name-for-a-module-as-published-ones-have-it';
    expect(createBackendModule({ pluginId: 'todo', moduleId, register() {} }).moduleId).toBe(moduleId);
  });

  it('names the module and its plugin when register breaks a rule', () => {
    const module = createBackendModule({ pluginId: 'todo', moduleId: 'audit', register() {} });
    expect(() => module.getRegistration()).toThrow("Module 'audit' of plugin 'todo' does not call registerInit");
  });
});
