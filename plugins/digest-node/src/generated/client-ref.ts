// Generated from openapi.yaml, do not edit: npm run generate
import { createServiceFactory, createServiceRef, type ServiceRef } from '@bulkhead/backend-plugin-api';
import { clientsServiceRef } from '@bulkhead/openapi';
import { DigestClient } from './client.ts';

/** The client of the plugin `digest`, wherever it runs. */
export const digestClientRef: ServiceRef<DigestClient, 'plugin', 'singleton'> = createDigestClientRef('digest');

/** The client of the same plugin, installed under an id of its own. Make one ref per id, and share it. */
export function createDigestClientRef(pluginId: string): ServiceRef<DigestClient, 'plugin', 'singleton'> {
  return createServiceRef<DigestClient>({
    id: `${pluginId}.client`,
    defaultFactory: async (service) =>
      createServiceFactory({
        service,
        deps: { clients: clientsServiceRef },
        factory: ({ clients }) => new DigestClient(clients.connect(pluginId)),
      }),
  });
}
