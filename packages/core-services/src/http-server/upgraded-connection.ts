import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { executionContext } from '@bulkhead/backend-plugin-api';

/**
 * Makes what happens to a socket from now on work of the plugin that takes it. Node.js tells of events in the context in
 * which the connection was made, which is nobody's. How long somebody waits for an answer is nothing to what comes later.
 */
export function workForPlugin(socket: Duplex): void {
  const { pluginId, requestId, traceparent } = executionContext.current() ?? {};
  if (pluginId === undefined) return;
  const context = { pluginId, requestId, traceparent, connection: socket };
  const emitter: EventEmitter = socket;
  const emit = emitter.emit as (...args: unknown[]) => boolean;
  emitter.emit = (...args: unknown[]) => executionContext.run(context, () => emit.apply(socket, args));
}
