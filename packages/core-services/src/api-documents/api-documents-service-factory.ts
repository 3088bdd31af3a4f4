import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { externalTokensServiceRef } from '../auth/external-tokens-service.ts';
import { HostAccess } from '../auth/host-access.ts';
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
    host: coreServices.rootHost,
    server: httpServerServiceRef,
    topology: topologyServiceRef,
    externalTokens: externalTokensServiceRef,
  },
  factory: ({ config, host, server, topology, externalTokens }) => {
    const baseUrl = config.getOptionalString('backend.baseUrl')?.replace(/\/+$/, '') ?? server.getAddress().url;
    const documents = new ApiDocuments({ host, server, topology, baseUrl, remote: new RemoteDocuments() });
    addDocumentEndpoints({
      server,
      documents,
      access: config.getOptionalBoolean('backend.contracts.public')
        ? undefined
        : new HostAccess(config, externalTokens),
    });
    if (config.getOptionalBoolean('backend.contracts.viewer') ?? true) {
      for (const [path, endpoint] of createViewerEndpoints()) {
        server.addEndpoint(path, endpoint);
      }
    }
    return documents;
  },
});
