import type { TopologyService } from '../../src/topology/index.ts';
import { ApiDocuments, RemoteDocuments } from '../../src/api-documents/index.ts';
import { addDocumentEndpoints } from '../../src/api-documents/document-endpoints.ts';
import { createViewerEndpoints } from '../../src/api-documents/viewer-page.ts';
import { HostAccess } from '../../src/auth/host-access.ts';
import { readExternalAccess, StaticExternalTokens } from '../../src/auth/index.ts';
import { ConfigReader } from '@bulkhead/config';
import { startTestHost, TOKEN, type TestHost } from '../http/test-host.ts';

/** Where plugins run that are in another process: base URLs by plugin id. */
export type Elsewhere = Readonly<Record<string, readonly string[]>>;

/** How {@link startDocumentsHost} may differ. */
export interface DocumentsHostOptions {
  readonly isPublic?: boolean;
  readonly elsewhere?: Elsewhere;
}

/** Starts a server that serves the documents of its plugins and the page that shows them. */
export async function startDocumentsHost({ isPublic, elsewhere = {} }: DocumentsHostOptions = {}): Promise<TestHost> {
  const host = await startTestHost();
  const { server } = host;
  const topology: Pick<TopologyService, 'getPluginIds' | 'locate'> = {
    getPluginIds: () => Object.keys(elsewhere),
    locate: (id) => (elsewhere[id] ? { type: 'remote', process: 'other', baseUrls: elsewhere[id] } : undefined),
  };
  const config = new ConfigReader({
    backend: { auth: { externalAccess: [{ type: 'static', options: { token: TOKEN, subject: 'test' } }] } },
  });
  const access = isPublic ? undefined : new HostAccess(config, new StaticExternalTokens(readExternalAccess(config)));
  addDocumentEndpoints({
    server,
    access,
    documents: new ApiDocuments({
      host: host.host,
      server,
      topology: topology as TopologyService,
      remote: new RemoteDocuments(),
      baseUrl: host.url,
    }),
  });
  for (const [path, endpoint] of createViewerEndpoints()) {
    server.addEndpoint(path, endpoint);
  }
  return host;
}
