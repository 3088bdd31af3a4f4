import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { httpServerServiceRef } from '../http-server/http-server-service.ts';
import { DefaultDiscoveryService } from './default-discovery-service.ts';

/** Provides {@link coreServices.discovery}: one instance for all plugins. */
export const discoveryServiceFactory = createServiceFactory({
  service: coreServices.discovery,
  deps: { config: coreServices.rootConfig, logger: coreServices.rootLogger, server: httpServerServiceRef },
  createRootContext: ({ config, logger, server }) =>
    new DefaultDiscoveryService({ config, logger, ownUrl: server.getAddress().url }),
  factory: (_deps, discovery) => discovery,
});
