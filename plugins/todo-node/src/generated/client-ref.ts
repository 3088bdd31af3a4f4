// Generated from openapi.yaml, do not edit: npm run generate
import { createServiceFactory, createServiceRef, type ServiceRef } from '@bulkhead/backend-plugin-api';
import { clientsServiceRef } from '@bulkhead/openapi';
import { TodoClient } from './client.ts';

/** The client of the plugin `todo`, wherever it runs. */
export const todoClientRef: ServiceRef<TodoClient, 'plugin', 'singleton'> = createTodoClientRef('todo');

/** The client of the same plugin, installed under an id of its own. Make one ref per id, and share it. */
export function createTodoClientRef(pluginId: string): ServiceRef<TodoClient, 'plugin', 'singleton'> {
  return createServiceRef<TodoClient>({
    id: `${pluginId}.client`,
    defaultFactory: async (service) =>
      createServiceFactory({
        service,
        deps: { clients: clientsServiceRef },
        factory: ({ clients }) => new TodoClient(clients.connect(pluginId)),
      }),
  });
}
