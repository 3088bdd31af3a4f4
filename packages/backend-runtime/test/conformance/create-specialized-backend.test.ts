import { describe, expect, it } from '@jest/globals';
import { coreServices, createServiceFactory, createServiceRef } from '@bulkhead/backend-plugin-api';
import { createSpecializedBackend } from '../../src/index.ts';
import { backendOf, plugin, problemsOf } from '../fixtures/features.ts';

describe('createSpecializedBackend', () => {
  it('empty ok', async () => {
    const backend = createSpecializedBackend({ serviceFactories: [] });
    await expect(backend.start()).resolves.toMatchObject({ outcome: 'success', plugins: [] });
    await backend.stop();
  });

  it('duplicate defaults rejected', async () => {
    const service = createServiceRef<number>({ id: 'twice' });
    const factory = createServiceFactory({ service, deps: {}, factory: () => 1 });
    const backend = createSpecializedBackend({ serviceFactories: [factory, factory] });
    expect(await problemsOf(backend)).toMatchObject([
      { code: 'ERR_RUNTIME_DUPLICATE_SERVICE', message: "Service 'twice' is provided twice by the default factories" },
    ]);
  });

  it('pluginMetadata override rejected', async () => {
    const factory = createServiceFactory({
      service: coreServices.pluginMetadata,
      deps: {},
      factory: () => ({ getId: () => 'forged' }),
    });
    const expected = [
      {
        code: 'ERR_RUNTIME_RESERVED_SERVICE',
        message: "Service 'core.pluginMetadata' is provided by the runtime and cannot be overridden",
      },
    ];
    expect(await problemsOf(createSpecializedBackend({ serviceFactories: [factory] }))).toMatchObject(expected);
    expect(await problemsOf(backendOf([factory, plugin('p')]))).toMatchObject(expected);
  });

  it('lets an assembly replace the lifecycle services', async () => {
    const hooks: string[] = [];
    const lifecycle = createServiceFactory({
      service: coreServices.lifecycle,
      deps: {},
      factory: () => ({
        addStartupHook: () => void hooks.push('startup'),
        addShutdownHook: () => void hooks.push('shutdown'),
      }),
    });
    const backend = createSpecializedBackend({ serviceFactories: [lifecycle] });
    backend.add(
      plugin('p', {
        deps: { lifecycle: coreServices.lifecycle },
        init: (deps) => deps.lifecycle.addStartupHook(() => {}),
      }),
    );
    await backend.start();
    await backend.stop();
    expect(hooks).toEqual(['startup']);
  });
});
