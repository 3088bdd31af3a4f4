import { coreServices, createServiceFactory, type ServiceFactory } from '@bulkhead/backend-plugin-api';
import type { LifecycleRegistry } from './lifecycle-registry.ts';

/** Provides the hooks of a plugin. */
export function createLifecycleServiceFactory(registry: LifecycleRegistry): ServiceFactory {
  return createServiceFactory({
    service: coreServices.lifecycle,
    deps: { metadata: coreServices.pluginMetadata },
    factory: ({ metadata }) => registry.forPlugin(metadata.getId()),
  });
}

/** Provides the hooks of the process. */
export function createRootLifecycleServiceFactory(registry: LifecycleRegistry): ServiceFactory {
  return createServiceFactory({ service: coreServices.rootLifecycle, deps: {}, factory: () => registry.root });
}
