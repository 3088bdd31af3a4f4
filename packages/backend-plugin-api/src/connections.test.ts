import { describe, expect, it } from '@jest/globals';
import {
  createBackendModule,
  createBackendPlugin,
  createServiceRef,
  narrowConnections,
  type ConnectionLookup,
  type ConnectionsService,
} from './index.ts';

const connections = createServiceRef<ConnectionsService>({ id: 'core.connections' });
const whole: ConnectionsService = { find: async ({ type }) => `found ${type}` };

/** What a registration's init finds out about types of connections. */
async function lookUp(
  registration: ReturnType<ReturnType<typeof createBackendModule>['getRegistration']>,
  service: ConnectionsService = whole,
): Promise<void> {
  await registration.init.run({ connections: service });
}

describe('registerConnection', () => {
  const looking = (
    types: readonly string[],
    seen: unknown[],
    declared = types,
  ): ReturnType<typeof createBackendModule> =>
    createBackendModule({
      pluginId: 'p',
      moduleId: 'm',
      register(env) {
        for (const type of declared) env.registerConnection({ type, description: `for ${type}` });
        env.registerInit({
          deps: { connections },
          init: async (deps) => {
            for (const type of types) seen.push(await deps.connections.find({ type }));
          },
        });
      },
    });

  it('is captured, and opens the look-up', async () => {
    const seen: unknown[] = [];
    const registration = looking(['github', 'aws'], seen).getRegistration();
    expect(registration.connections).toEqual([
      { type: 'github', description: 'for github' },
      { type: 'aws', description: 'for aws' },
    ]);
    await lookUp(registration);
    expect(seen).toEqual(['found github', 'found aws']);
  });

  it('is needed: an undeclared look-up is refused with a hint', async () => {
    await expect(lookUp(looking(['gitlab'], [], ['github']).getRegistration())).rejects.toMatchObject({
      code: 'ERR_PLUGIN_API_UNDECLARED_CONNECTION',
      message: "Module 'm' of plugin 'p' looks up a connection of type 'gitlab' without having declared it",
      hint: "Call registerConnection({ type: 'gitlab' }) in register, before registerInit. Declared: 'github'.",
    });
    await expect(lookUp(looking(['gitlab'], [], []).getRegistration())).rejects.toMatchObject({
      hint: expect.stringMatching(/Declared: none\.$/),
    });
  });

  it('is refused twice for a type, and after the init', () => {
    const register = (types: readonly string[], late?: string) => () =>
      createBackendPlugin({
        pluginId: 'p',
        register(env) {
          for (const type of types) env.registerConnection({ type });
          env.registerInit({ deps: {}, init: async () => {} });
          if (late) env.registerConnection({ type: late });
        },
      }).getRegistration();
    expect(register(['aws', 'aws'])).toThrow("Plugin 'p' registers connection 'aws' twice");
    expect(register([], 'aws')).toThrow("Plugin 'p' registers connection 'aws' after its init");
  });

  it('leaves a registration without any as it was', () => {
    const init = async (): Promise<void> => {};
    const plugin = createBackendPlugin({ pluginId: 'p', register: (env) => env.registerInit({ deps: {}, init }) });
    expect(plugin.getRegistration()).toEqual({
      type: 'plugin',
      pluginId: 'p',
      extensionPoints: [],
      init: { deps: {}, run: init },
    });
  });
});

describe('narrowConnections', () => {
  it('narrows both ways to look up, the second only where there is one', async () => {
    expect(narrowConnections(whole, [], 'It').findOptional).toBeUndefined();
    const service: ConnectionsService = { ...whole, findOptional: async (_: ConnectionLookup) => undefined };
    const narrowed = narrowConnections(service, [{ type: 'aws' }], 'It');
    await expect(narrowed.findOptional!({ type: 'aws' })).resolves.toBeUndefined();
    await expect(narrowed.findOptional!({ type: 'x' })).rejects.toMatchObject({
      code: 'ERR_PLUGIN_API_UNDECLARED_CONNECTION',
    });
  });
});
