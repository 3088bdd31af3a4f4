import { EventEmitter } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { executionContext } from '@bulkhead/backend-plugin-api';

/** On servers that are watched: who listens for which plugin. Shared by all copies of this package. */
const PLUGINS = Symbol.for('@bulkhead/upgrade-listeners');

/** All ways to add or remove a listener. What only asks for listeners Node.js uses as well, and stays as it is. */
const METHODS = [
  'on',
  'addListener',
  'prependListener',
  'once',
  'prependOnceListener',
  'off',
  'removeListener',
  'removeAllListeners',
] as const;

type Method = (this: EventEmitter, event?: string | symbol, ...rest: never[]) => EventEmitter;

/** A server that may be watched. */
export interface ListenedServer extends Server {
  [PLUGINS]?: Map<string, EventEmitter>;
}

/** The server that a request came in through; `undefined` for one from within the process. */
export function serverOf({ socket }: IncomingMessage): ListenedServer | undefined {
  return (socket as { server?: ListenedServer }).server;
}

/**
 * Makes a plugin's own listeners out of those that it adds to the server for `upgrade`.
 *
 * Plugins get hold of the server through a request. What they add there would see the upgrades of all plugins, past the
 * policies of each. The execution context tells who adds a listener.
 */
export function listenForPlugin(server: ListenedServer, pluginId: string, listeners: EventEmitter): void {
  const plugins = (server[PLUGINS] ??= watch(server));
  const earlier = plugins.get(pluginId);
  plugins.set(pluginId, listeners);
  if (earlier === listeners) return;
  for (const listener of earlier?.rawListeners('upgrade') ?? []) {
    listeners.on('upgrade', listener as (...args: unknown[]) => void);
  }
}

/**
 * The same for a plugin that has got hold of the server outside of its own mount: until a request comes to that, its
 * listeners are kept for it.
 */
export function holdListeners(server: ListenedServer, pluginId: string): void {
  const plugins = (server[PLUGINS] ??= watch(server));
  if (!plugins.has(pluginId)) plugins.set(pluginId, new EventEmitter());
}

function watch(server: ListenedServer): Map<string, EventEmitter> {
  const plugins = new Map<string, EventEmitter>();
  for (const name of METHODS) {
    const original = server[name] as Method;
    const watched: Method = function (event, ...rest) {
      const own = event === 'upgrade' ? plugins.get(executionContext.current()?.pluginId ?? '') : undefined;
      if (!own) return original.call(this, event, ...rest);
      (own[name] as Method)(event, ...rest);
      return this;
    };
    Object.defineProperty(server, name, { value: watched, configurable: true, writable: true });
  }
  return plugins;
}
