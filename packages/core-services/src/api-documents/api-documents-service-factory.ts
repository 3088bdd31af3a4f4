import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { externalTokensServiceRef } from '../auth/external-tokens-service.ts';
import { HostAccess } from '../auth/host-access.ts';
import { createHostUserHandler } from '../auth/host-users.ts';
import { DefaultDiscoveryService } from '../discovery/default-discovery-service.ts';
import { discoveryEndpointsServiceRef } from '../discovery/discovery-endpoints.ts';
import { httpServerServiceRef } from '../http-server/http-server-service.ts';
import { topologyServiceRef } from '../topology/topology-service.ts';
import { ApiDocuments } from './api-documents.ts';
import { apiDocumentsServiceRef } from './api-documents-service.ts';
import { addDocumentEndpoints } from './document-endpoints.ts';
import { RemoteDocuments } from './remote-documents.ts';
import { createViewerEndpoints } from './viewer-page.ts';

/** Serves the contracts of plugins, each by itself and all in one, and a page that shows them. */
export const apiDocumentsServiceFactory = createServiceFactory({
  service: apiDocumentsServiceRef,
  initialization: 'always',
  deps: {
    config: coreServices.rootConfig,
    logger: coreServices.rootLogger,
    host: coreServices.rootHost,
    server: httpServerServiceRef,
    topology: topologyServiceRef,
    endpoints: discoveryEndpointsServiceRef,
    externalTokens: externalTokensServiceRef,
  },
  factory: ({ config, logger, host, server, topology, endpoints, externalTokens }) => {
    const ownUrl = server.getAddress().url;
    const baseUrl = config.getOptionalString('backend.baseUrl')?.replace(/\/+$/, '') ?? ownUrl;
    // Whoever may call plugins may know how: users, too, who belong to no plugin.
    const users = createHostUserHandler({
      host,
      topology,
      ownUrl,
      logger,
      discovery: new DefaultDiscoveryService({ config, topology, endpoints, ownUrl }),
    });
    const documents = new ApiDocuments({ host, server, topology, baseUrl, remote: new RemoteDocuments() });
    addDocumentEndpoints({
      server,
      documents,
      access: config.getOptionalBoolean('backend.contracts.public')
        ? undefined
        : new HostAccess(config, externalTokens, users),
    });
    if (config.getOptionalBoolean('backend.contracts.viewer') ?? true) {
      for (const [path, endpoint] of createViewerEndpoints()) {
        server.addEndpoint(path, endpoint);
      }
    }
    return documents;
  },
});
