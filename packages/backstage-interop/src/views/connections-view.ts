import { narrowConnections, type ConnectionsService } from '@bulkhead/backend-plugin-api';
import type { WireRegistration } from '../wire/wire.ts';

/** The id of the service that hands out connections. */
export const CONNECTIONS_ID = 'core.connections';

/**
 * Connections as a plugin or module sees them: those that it has declared. Nobody here provides the service; whoever
 * asks for it names it by a ref that brings a default factory.
 */
export function connectionsView(service: unknown, { pluginId, moduleId, connections = [] }: WireRegistration): unknown {
  const owner = moduleId === undefined ? `Plugin '${pluginId}'` : `Module '${moduleId}' of plugin '${pluginId}'`;
  return narrowConnections(service as ConnectionsService, connections, owner);
}
