import { AsyncLocalStorage } from 'node:async_hooks';

/** On whose behalf the current code runs. */
export interface ExecutionContext {
  /** The plugin whose init, hook, task or request handler is running. */
  readonly pluginId: string;
  /** The request that is being answered, if any. */
  readonly requestId?: string;
  /** The W3C `traceparent` of the request that is being answered, if any. */
  readonly traceparent?: string;
  /**
   * Until when whoever made the request waits for the answer, in milliseconds by `performance.now()`. Calls that are
   * made meanwhile must not take longer.
   */
  readonly deadline?: number;
  /**
   * The connection that has changed to another protocol and that the work is for. An exception in such work that nobody
   * catches ends the connection, and not the process: strangers decide what comes over it.
   */
  readonly connection?: { destroy(): void };
}

// Kept on globalThis so that several copies of this package in one tree share one storage.
const KEY = Symbol.for('@bulkhead/execution-context');
const globals = globalThis as { [KEY]?: AsyncLocalStorage<ExecutionContext> };
const storage = (globals[KEY] ??= new AsyncLocalStorage<ExecutionContext>());

/**
 * Tells for which plugin, and for which request, the current code runs. The host enters it; loggers and clients read
 * it, and a rejection that nobody handles is attributed by it.
 */
export const executionContext = {
  /** Runs `fn`, and everything asynchronous that it starts, in `context`. */
  run<T>(context: ExecutionContext, fn: () => T): T {
    return storage.run(context, fn);
  },
  /** The context of the calling code; `undefined` outside of any plugin. */
  current(): ExecutionContext | undefined {
    return storage.getStore();
  },
};
