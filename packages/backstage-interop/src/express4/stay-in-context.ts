import type { EventEmitter } from 'node:events';
import { executionContext } from '@bulkhead/backend-plugin-api';

/**
 * Makes what happens to a socket from now on work of the plugin that takes it. Node.js tells of events in the context in
 * which the connection was made, which is nobody's. How long somebody waits for an answer is nothing to what comes later.
 */
export function stayInContext(socket: EventEmitter): void {
  const { pluginId, requestId, traceparent } = executionContext.current() ?? {};
  if (pluginId === undefined) return;
  const emit = socket.emit as (...args: unknown[]) => boolean;
  socket.emit = (...args: unknown[]) =>
    executionContext.run({ pluginId, requestId, traceparent }, () => emit.apply(socket, args));
}
