import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { DefaultRootSystemMetadataService } from './default-root-system-metadata-service.ts';

/** Provides {@link coreServices.rootSystemMetadata}. */
export const rootSystemMetadataServiceFactory = createServiceFactory({
  service: coreServices.rootSystemMetadata,
  deps: {
    config: coreServices.rootConfig,
    logger: coreServices.rootLogger,
    instance: coreServices.rootInstanceMetadata,
  },
  factory: (deps) => new DefaultRootSystemMetadataService(deps),
});
