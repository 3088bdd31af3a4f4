import { createServiceRef, type ServiceRef } from '@bulkhead/backend-plugin-api';
import type { ClientConnection } from './client/client-connection.ts';

/** Connects a plugin to other plugins, wherever they run. Generated service refs stand on it. */
export interface ClientsService {
  /** A way to call a plugin. Nothing is sent yet, and the plugin need not exist. */
  connect(pluginId: string): ClientConnection;
}

/** The service behind generated clients. Every host provides it. */
export const clientsServiceRef: ServiceRef<ClientsService, 'plugin', 'singleton'> = createServiceRef<ClientsService>({
  id: 'core.clients',
});
