import { coreServices, createServiceFactory, type ServiceFactory } from '@bulkhead/backend-plugin-api';
import { clientsServiceRef, type ClientsService } from '@bulkhead/openapi';
import { httpServerServiceRef } from '../http-server/http-server-service.ts';
import { topologyServiceRef } from '../topology/topology-service.ts';
import { upstreamsServiceRef } from '../upstreams/upstreams-service.ts';
import { DefaultClientsService } from './default-clients-service.ts';

/** Provides {@link clientsServiceRef}. */
export const clientsServiceFactory: ServiceFactory<ClientsService, 'plugin'> = createServiceFactory({
  service: clientsServiceRef,
  deps: {
    config: coreServices.rootConfig,
    logger: coreServices.logger,
    metadata: coreServices.pluginMetadata,
    auth: coreServices.auth,
    discovery: coreServices.discovery,
    server: httpServerServiceRef,
    topology: topologyServiceRef,
    upstreams: upstreamsServiceRef,
  },
  factory: ({ metadata, ...deps }): ClientsService =>
    new DefaultClientsService({ ...deps, pluginId: metadata.getId() }),
});
