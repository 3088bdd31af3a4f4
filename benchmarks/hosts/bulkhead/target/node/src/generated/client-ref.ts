// Generated from openapi.yaml, do not edit: npm run generate
import { createServiceFactory, createServiceRef, type ServiceRef } from '@bulkhead/backend-plugin-api';
import { clientsServiceRef } from '@bulkhead/openapi';
import { TargetClient } from './client.ts';

/** The client of the plugin `target`, wherever it runs. */
export const targetClientRef: ServiceRef<TargetClient, 'plugin', 'singleton'> = createTargetClientRef('target');

/** The client of the same plugin, installed under an id of its own. Make one ref per id, and share it. */
export function createTargetClientRef(pluginId: string): ServiceRef<TargetClient, 'plugin', 'singleton'> {
  return createServiceRef<TargetClient>({
    id: `${pluginId}.client`,
    defaultFactory: async (service) =>
      createServiceFactory({
        service,
        deps: { clients: clientsServiceRef },
        factory: ({ clients }) => new TargetClient(clients.connect(pluginId)),
      }),
  });
}
