import { describe, expect, it } from '@jest/globals';
import { coreServices } from './core-services.ts';
import { createServiceFactory } from './service-factory.ts';
import { createServiceRef } from './service-ref.ts';

const rootRef = createServiceRef<number>({ id: 'root', scope: 'root' });
const pluginRef = createServiceRef<string>({ id: 'plugin' });

describe('createServiceFactory', () => {
  it('describes a root service', async () => {
    const factory = createServiceFactory({ service: rootRef, initialization: 'lazy', deps: {}, factory: () => 1 });
    expect(factory).toEqual({
      $$type: '@bulkhead/BackendFeature',
      type: 'service',
      service: rootRef,
      initialization: 'lazy',
      deps: {},
      factory: expect.any(Function),
    });
    expect(await factory.factory({}, undefined)).toBe(1);
  });

  it('describes a plugin service with something that all plugins share', async () => {
    const factory = createServiceFactory({
      service: pluginRef,
      deps: { config: coreServices.rootConfig, metadata: coreServices.pluginMetadata },
      createRootContext: ({ config }) => config.getNumber('n'),
      factory: ({ metadata }, shared) => `${metadata.getId()}-${shared}`,
    });
    expect(factory).not.toHaveProperty('initialization');
    const deps = { config: { getNumber: () => 7 }, metadata: { getId: () => 'todo' } };
    expect(await factory.factory(deps, await factory.createRootContext!(deps))).toBe('todo-7');
  });

  it('turns a throw into a rejection', async () => {
    const failure = new TypeError('no');
    const factory = createServiceFactory({
      service: rootRef,
      deps: {},
      factory() {
        throw failure;
      },
    });
    await expect(factory.factory({}, undefined)).rejects.toBe(failure);
  });
});
