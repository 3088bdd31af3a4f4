import { describe, expect, it } from '@jest/globals';
import type { createBackendModule } from '@bulkhead/backend-plugin-api';
import {
  coreServices,
  createBackendPlugin,
  createExtensionPoint,
  createServiceFactory,
  createServiceRef,
} from '@bulkhead/backend-plugin-api';
import { backendOf, module, plugin, problemsOf } from './fixtures/features.ts';

const buckets = createExtensionPoint<{ add(name: string): void }>({ id: 's3.buckets' });

/** A plugin that tells what its modules gave it, and under which id it runs. */
function storage(seen: Record<string, string[]>): ReturnType<typeof createBackendPlugin> {
  return createBackendPlugin({
    pluginId: 's3',
    register(env) {
      const names: string[] = [];
      env.registerExtensionPoint(buckets, { add: (name) => void names.push(name) });
      env.registerInit({
        deps: { metadata: coreServices.pluginMetadata },
        async init({ metadata }) {
          seen[metadata.getId()] = names;
        },
      });
    },
  });
}

const adds = (moduleId: string, name = moduleId): ReturnType<typeof createBackendModule> =>
  module('s3', moduleId, { deps: { buckets }, init: (deps) => deps.buckets.add(name) });

describe('backend.add(feature, { pluginId })', () => {
  it('installs a plugin several times, each with its own state, id and modules', async () => {
    const seen: Record<string, string[]> = {};
    const s3 = storage(seen);
    const backend = backendOf([s3, adds('photos')]);
    backend.add(s3, { pluginId: 'minio' });
    backend.add(Promise.resolve({ default: s3 }), { pluginId: 'archive' });
    backend.add(adds('photos', 'photos of minio'), { pluginId: 'minio' });
    backend.add(adds('tapes'), { pluginId: 'archive' });
    const report = await backend.start();
    expect(seen).toEqual({ s3: ['photos'], minio: ['photos of minio'], archive: ['tapes'] });
    expect(report.plugins.map(({ pluginId }) => pluginId).toSorted()).toEqual(['archive', 'minio', 's3']);
    await backend.stop();
  });

  it('calls register once for each installation', async () => {
    let calls = 0;
    const counted = createBackendPlugin({
      pluginId: 'p',
      register(env) {
        calls++;
        env.registerInit({ deps: {}, init: async () => {} });
      },
    });
    const backend = backendOf([counted]);
    backend.add(counted, { pluginId: 'q' });
    await backend.plan();
    await backend.start();
    await backend.stop();
    expect(calls).toBe(2);
  });

  it('gives each instance its own plugin services', async () => {
    const name = createServiceRef<string>({ id: 'name' });
    const names: string[] = [];
    const p = plugin('p', { deps: { name }, init: (deps) => names.push(deps.name) });
    const backend = backendOf([
      p,
      createServiceFactory({
        service: name,
        deps: { metadata: coreServices.pluginMetadata },
        factory: ({ metadata }) => `service of ${metadata.getId()}`,
      }),
    ]);
    backend.add(p, { pluginId: 'q' });
    await backend.start();
    await backend.stop();
    expect(names.toSorted()).toEqual(['service of p', 'service of q']);
  });

  it('tells instances apart in the plan', async () => {
    const backend = backendOf([]);
    backend.add(plugin('s3'), { pluginId: 'minio' });
    expect((await backend.plan()).plugins).toMatchObject([{ pluginId: 'minio', declaredPluginId: 's3' }]);
    await backend.stop();
  });

  it('refuses two installations under one id', async () => {
    const backend = backendOf([plugin('p')]);
    backend.add(plugin('q'), { pluginId: 'p' });
    expect(await problemsOf(backend)).toMatchObject([{ code: 'ERR_RUNTIME_DUPLICATE_PLUGIN', pluginId: 'p' }]);
  });

  it('refuses a module that joins an instance that is not there, and names the nearest', async () => {
    const backend = backendOf([]);
    backend.add(plugin('s3'), { pluginId: 'minio' });
    backend.add(module('s3', 'm'), { pluginId: 'mino' });
    expect(await problemsOf(backend)).toMatchObject([
      {
        code: 'ERR_RUNTIME_MISSING_PLUGIN',
        hint: "Did you mean plugin 'minio'? Let the module join it: backend.add(…, { pluginId: 'minio' }).",
      },
    ]);
  });

  it('refuses it for what belongs to no plugin', async () => {
    const service = createServiceRef<number>({ id: 'x' });
    const backend = backendOf([]);
    backend.add(createServiceFactory({ service, deps: {}, factory: () => 1 }), { pluginId: 'p' });
    expect(await problemsOf(backend)).toMatchObject([
      {
        code: 'ERR_RUNTIME_INVALID_INSTALLATION',
        message:
          'Feature 1 in the order of backend.add() is a service factory and cannot be installed under a plugin id',
      },
    ]);
  });

  it('does not let two different plugins offer the same extension point', async () => {
    const backend = backendOf([storage({}), plugin('other', { offers: [[buckets, {}]] })]);
    backend.add(storage({}), { pluginId: 'minio' });
    expect(await problemsOf(backend)).toMatchObject([
      { code: 'ERR_RUNTIME_DUPLICATE_EXTENSION_POINT', pluginId: 'other' },
    ]);
  });
});
