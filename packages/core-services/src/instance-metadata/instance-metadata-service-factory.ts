import { coreServices, createServiceFactory, type ServiceFactory } from '@bulkhead/backend-plugin-api';
import {
  instanceMetadataServiceRef,
  type InstalledFeature,
  type InstanceMetadataService,
} from './instance-metadata-service.ts';

/** Provides {@link instanceMetadataServiceRef}: the same list for all plugins. */
export const instanceMetadataServiceFactory: ServiceFactory<InstanceMetadataService, 'plugin'> = createServiceFactory({
  service: instanceMetadataServiceRef,
  deps: { metadata: coreServices.rootInstanceMetadata },
  async createRootContext({ metadata }) {
    const plugins = await metadata.getInstalledPlugins();
    const features = plugins.flatMap(({ pluginId, modules }): InstalledFeature[] => [
      Object.freeze({ type: 'plugin', pluginId }),
      ...modules.map(({ moduleId }) => Object.freeze({ type: 'module' as const, pluginId, moduleId })),
    ]);
    return Object.freeze(features);
  },
  factory: (_deps, features): InstanceMetadataService => ({ getInstalledFeatures: () => features }),
});
