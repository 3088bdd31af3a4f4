import type { HostAccess } from '../auth/host-access.ts';
import type { Exchange } from '../http-server/exchange.ts';
import type { HttpServerService } from '../http-server/http-server-service.ts';
import { answerWith, type EndpointAnswer } from '../http-server/root-routes.ts';
import type { ApiDocuments } from './api-documents.ts';
import { DOCUMENT_MEDIA_TYPE } from './remote-documents.ts';

/** What {@link addDocumentEndpoints} connects. */
export interface DocumentEndpointsOptions {
  readonly server: HttpServerService;
  readonly documents: ApiDocuments;
  /** Absent: anybody may read the documents. */
  readonly access: HostAccess | undefined;
}

/** Serves `/api/openapi.json`, and `/api/<pluginId>/openapi.json` for each plugin with a contract. */
export function addDocumentEndpoints({ server, documents, access }: DocumentEndpointsOptions): void {
  server.addEndpoint('/api/openapi.json', async ({ request }) => {
    await access?.demand(request);
    return toAnswer(await documents.ofAll(request.headers.authorization));
  });
  server.addPluginEndpoint('/openapi.json', (exchange, pluginId) => {
    // A plugin without contract routes may have a document of its own there, as published ones do. Other hosts ask for
    // the document by its media type: they want to hear that there is no contract.
    if (!documents.hasContract(pluginId) && !asksForDocument(exchange)) {
      return false;
    }
    answerWith(exchange, async () => {
      await access?.demand(exchange.request);
      return toAnswer(await documents.ofPlugin(pluginId));
    });
    return true;
  });
}

function toAnswer(body: Awaited<ReturnType<ApiDocuments['ofAll']>>): EndpointAnswer {
  return { status: 200, body };
}

function asksForDocument({ request }: Exchange): boolean {
  return request.headers.accept === DOCUMENT_MEDIA_TYPE;
}
