import {
  coreServices,
  createServiceFactory,
  type InstalledPlugin,
  type ServiceFactory,
} from '@bulkhead/backend-plugin-api';
import type { HostState } from '../host/host-state.ts';

/** Provides the list of what is installed in this process. */
export function createRootInstanceMetadataServiceFactory(state: HostState): ServiceFactory {
  return createServiceFactory({
    service: coreServices.rootInstanceMetadata,
    deps: {},
    factory: () => ({ getInstalledPlugins: async () => state.getInstalled() }),
  });
}

/** Freezes a list of plugins so that nobody can change what others see. */
export function freezeInstalled(plugins: readonly InstalledPlugin[]): readonly InstalledPlugin[] {
  for (const plugin of plugins) {
    for (const module of plugin.modules) Object.freeze(module);
    Object.freeze(plugin.modules);
    Object.freeze(plugin);
  }
  return Object.freeze(plugins);
}
