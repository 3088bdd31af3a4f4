import { describe, expect, it } from '@jest/globals';
import { createBackendPlugin, createServiceRef, type ConnectionsService } from '@bulkhead/backend-plugin-api';
import { backendOf, problemsOf, running } from './fixtures/backend.ts';
import { wireFactory, wireModule, wirePlugin, wireRef, type WireParts } from './fixtures/wire.ts';

/** As published code names the service: with a default factory, since no host provides it by itself. */
const connections = wireRef('core.connections', {
  __defaultFactory: async (ref) =>
    wireFactory(ref, { metadata: wireRef('core.pluginMetadata') }, ({ metadata }) => ({
      find: async ({ type }: { type: string }) => `${type} for ${metadata.getId()}`,
    })),
});

/** Looks connections up and notes what comes of it. */
function looking(seen: unknown[], types: readonly string[], declared: readonly string[]): WireParts {
  return {
    deps: { connections },
    connections: declared.map((type) => ({ type })),
    async init(deps) {
      for (const type of types) {
        seen.push(
          await deps.connections
            .find({ type })
            .catch(({ code, hint }: Error & Record<string, unknown>) => ({ code, hint })),
        );
      }
    },
  };
}

describe('core.connections', () => {
  it('finds what a plugin has declared, and refuses the rest with a hint', async () => {
    const seen: unknown[] = [];
    await running(backendOf([wirePlugin('p', looking(seen, ['github', 'aws'], ['github']))]));
    expect(seen).toEqual([
      'github for p',
      {
        code: 'ERR_PLUGIN_API_UNDECLARED_CONNECTION',
        hint: "Call registerConnection({ type: 'aws' }) in register, before registerInit. Declared: 'github'.",
      },
    ]);
  });

  it('is narrowed for each module by itself', async () => {
    const [ofPlugin, ofModule]: unknown[][] = [[], []];
    await running(
      backendOf([
        wirePlugin('p', looking(ofPlugin!, ['github', 'aws'], ['github'])),
        wireModule('p', 'm', looking(ofModule!, ['github', 'aws'], ['aws'])),
      ]),
    );
    expect(ofPlugin).toMatchObject(['github for p', { code: 'ERR_PLUGIN_API_UNDECLARED_CONNECTION' }]);
    expect(ofModule).toMatchObject([{ code: 'ERR_PLUGIN_API_UNDECLARED_CONNECTION' }, 'aws for p']);
  });

  it('is whole for service factories, which can declare nothing', async () => {
    const seen: unknown[] = [];
    const finder = wireRef('finder');
    await running(
      backendOf([
        wireFactory(finder, { connections }, (deps) => deps.connections.find({ type: 'aws' })),
        wirePlugin('p', { deps: { finder }, init: (deps) => seen.push(deps.finder) }),
      ]),
    );
    expect(seen).toEqual(['aws for p']);
  });

  it('is narrowed for native plugins, too', async () => {
    const seen: unknown[] = [];
    const ref = createServiceRef<ConnectionsService>({ id: 'core.connections' });
    const native = createBackendPlugin({
      pluginId: 'p',
      register(env) {
        env.registerConnection({ type: 'github', required: true });
        env.registerInit({
          deps: { found: ref },
          async init({ found }) {
            seen.push(await found.find({ type: 'github' }));
            await found.find({ type: 'aws' }).catch((error: Error) => seen.push(error.message));
          },
        });
      },
    });
    const foreign = wirePlugin('q', { deps: { connections } });
    await running(backendOf([native, foreign]));
    expect(seen).toEqual(['github for p', "Plugin 'p' looks up a connection of type 'aws' without having declared it"]);
  });

  it('cannot be declared twice for a type', async () => {
    const connections = [{ type: 'aws' }, { type: 'github' }, { type: 'aws' }];
    expect(await problemsOf(backendOf([wirePlugin('p', { connections })]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_INVALID_REGISTRATION',
        message:
          "The registration of plugin 'p' is malformed: 'getRegistrations()[0].connections[2].type' repeats \"aws\", which is declared already",
        pluginId: 'p',
      },
    ]);
  });
});
