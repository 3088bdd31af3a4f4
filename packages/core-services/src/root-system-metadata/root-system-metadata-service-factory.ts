import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { topologyServiceRef } from '../topology/topology-service.ts';
import { DefaultRootSystemMetadataService } from './default-root-system-metadata-service.ts';

/** Provides {@link coreServices.rootSystemMetadata}. */
export const rootSystemMetadataServiceFactory = createServiceFactory({
  service: coreServices.rootSystemMetadata,
  deps: { instance: coreServices.rootInstanceMetadata, topology: topologyServiceRef },
  factory: (deps) => new DefaultRootSystemMetadataService(deps),
});
