import { createServiceRef, type ServiceRef } from '@bulkhead/backend-plugin-api';

/** A feature of this process. */
export type InstalledFeature =
  | { readonly type: 'plugin'; readonly pluginId: string }
  | { readonly type: 'module'; readonly pluginId: string; readonly moduleId: string };

/** What is installed in this process, as older plugins ask for it. */
export interface InstanceMetadataService {
  /** Each plugin is followed by its modules. Deeply frozen. */
  getInstalledFeatures(): readonly InstalledFeature[];
}

/** For plugins that were made before there was `coreServices.rootInstanceMetadata`. */
export const instanceMetadataServiceRef: ServiceRef<InstanceMetadataService, 'plugin', 'singleton'> =
  createServiceRef<InstanceMetadataService>({
    id: 'core.instanceMetadata',
    defaultFactory: async () => (await import('./instance-metadata-service-factory.ts')).instanceMetadataServiceFactory,
  });
