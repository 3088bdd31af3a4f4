import { describe, expect, it } from '@jest/globals';
import { coreServices } from './core-services.ts';
import { createExtensionPoint } from './extension-point.ts';
import { createBackendPlugin } from './plugin.ts';
import { createServiceRef } from './service-ref.ts';

const init = async (): Promise<void> => {};
const point = createExtensionPoint<{ add(name: string): void }>({ id: 'todo.listeners' });

describe('createBackendPlugin', () => {
  it('plugin: exact registration shape', async () => {
    const added: string[] = [];
    const ran: unknown[] = [];
    const plugin = createBackendPlugin({
      pluginId: 'todo',
      register(env) {
        env.registerExtensionPoint(point, { add: (name) => added.push(name) });
        env.registerInit({ deps: { logger: coreServices.logger }, init: async (deps) => void ran.push(deps) });
      },
    });
    expect(plugin).toMatchObject({ $$type: '@bulkhead/BackendFeature', type: 'plugin', pluginId: 'todo' });

    const registration = plugin.getRegistration();
    expect(registration).toEqual({
      type: 'plugin',
      pluginId: 'todo',
      extensionPoints: [{ extensionPoint: point, factory: expect.any(Function) }],
      init: { deps: { logger: coreServices.logger }, run: expect.any(Function) },
    });
    const context = { moduleId: 'm', reportModuleStartupFailure() {} };
    (registration.extensionPoints[0]!.factory(context) as typeof point.T).add('x');
    expect(added).toEqual(['x']);
    const deps = { logger: 'the logger' };
    await registration.init.run(deps);
    expect(ran).toEqual([deps]);
  });

  it('plugin: service and multiton deps', () => {
    const many = createServiceRef<number>({ id: 'many', multiton: true });
    const plugin = createBackendPlugin({
      pluginId: 'todo',
      register: (env) => env.registerInit({ deps: { logger: coreServices.logger, many }, init }),
    });
    expect(plugin.getRegistration().init.deps).toEqual({ logger: coreServices.logger, many });
  });

  it.each(['', '1a', 'a b', 'a--b', 'a-', '-a', 'a/b', '../a', 'a.b', 'ä', 'a'.repeat(49), 5, undefined])(
    'plugin: invalid id rejected (%p)',
    (pluginId) => {
      expect(() => createBackendPlugin({ pluginId: pluginId as string, register() {} })).toThrow(
        expect.objectContaining({ code: 'ERR_PLUGIN_API_INVALID_ID', hint: expect.any(String) }),
      );
    },
  );

  it.each(['a', 'A1', 'user-settings', 'user_settings', 'a1-b2-c3', 'a'.repeat(48)])('takes the id %p', (pluginId) => {
    expect(createBackendPlugin({ pluginId, register() {} }).pluginId).toBe(pluginId);
  });

  it('makes fresh closures each time it is registered', () => {
    let registered = 0;
    const plugin = createBackendPlugin({
      pluginId: 'todo',
      register(env) {
        registered += 1;
        env.registerInit({ deps: {}, init });
      },
    });
    expect(registered).toBe(0);
    plugin.getRegistration();
    plugin.getRegistration();
    expect(registered).toBe(2);
  });

  it('keeps `this` in register', () => {
    const options = {
      pluginId: 'todo',
      seen: undefined as unknown,
      register(this: { seen: unknown }, env: Env) {
        this.seen = this;
        env.registerInit({ deps: {}, init });
      },
    };
    createBackendPlugin(options).getRegistration();
    expect(options.seen).toBe(options);
  });

  it('knows where it was declared', () => {
    expect(createBackendPlugin({ pluginId: 'todo', register() {} }).declaredAt).toMatch(/plugin\.test\.ts:\d+:\d+$/);
  });

  it.each([
    ['no init', () => {}, 'does not call registerInit'],
    [
      'two inits',
      (env: Env) => {
        env.registerInit({ deps: {}, init });
        env.registerInit({ deps: {}, init });
      },
      'calls registerInit twice',
    ],
    [
      'an extension point after the init',
      (env: Env) => {
        env.registerInit({ deps: {}, init });
        env.registerExtensionPoint(point, { add() {} });
      },
      "registers extension point 'todo.listeners' after its init",
    ],
    [
      'an extension point twice',
      (env: Env) => {
        env.registerExtensionPoint(point, { add() {} });
        env.registerExtensionPoint({ extensionPoint: point, factory: () => ({ add() {} }) });
      },
      "registers extension point 'todo.listeners' twice",
    ],
  ])('refuses %s', (_what, register, message) => {
    const plugin = createBackendPlugin({ pluginId: 'todo', register });
    expect(() => plugin.getRegistration()).toThrow(
      expect.objectContaining({
        code: 'ERR_PLUGIN_API_ILLEGAL_REGISTRATION',
        message: `Plugin 'todo' ${message}`,
        hint: expect.any(String),
      }),
    );
  });
});

type Env = Parameters<Parameters<typeof createBackendPlugin>[0]['register']>[0];
