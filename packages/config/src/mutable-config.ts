import type { JsonObject } from '@bulkhead/types';
import type { ObservableConfig } from './config.ts';
import { ConfigView, type ConfigSourceLookup } from './config-view.ts';
import { copyWithoutNulls, equalTrees } from './json-tree.ts';

/** A configuration and the means to replace it. Hand out `config`, keep the rest. */
export interface MutableConfig {
  /** Shows what was set last; so does every section taken from it with `getConfig`. */
  readonly config: ObservableConfig;
  /**
   * Replaces the tree and tells the subscribers whose section is different now.
   * @returns whether anything is different
   */
  set(data: JsonObject): boolean;
}

/** How a {@link MutableConfig} behaves. */
export interface MutableConfigOptions {
  /** Asked when an error is made, to name file, line and column. */
  readonly sourceOf?: ConfigSourceLookup;
  /**
   * Gets what a subscriber throws or rejects with; the others are told all the same.
   * Default: an unhandled rejection.
   */
  readonly onListenerError?: (error: unknown) => void;
}

/** A configuration that can be replaced as a whole, for loaders and tests. */
export function createMutableConfig(data: JsonObject = {}, options: MutableConfigOptions = {}): MutableConfig {
  const listeners = new Set<() => unknown>();
  const onListenerError = options.onListenerError ?? ((error) => void Promise.reject(error));
  let current = copyWithoutNulls(data);
  const config = new ConfigView(
    {
      current: () => current,
      subscribe(listener) {
        // Wrapped, so that one function subscribed twice is called twice and ends separately.
        const entry = (): unknown => listener();
        listeners.add(entry);
        return { unsubscribe: () => void listeners.delete(entry) };
      },
    },
    { sourceOf: options.sourceOf },
  );
  return {
    config,
    set(next) {
      const replacement = copyWithoutNulls(next);
      if (equalTrees(current, replacement)) {
        return false;
      }
      current = replacement;
      for (const listener of [...listeners]) {
        if (listeners.has(listener)) {
          callIsolated(listener, onListenerError);
        }
      }
      return true;
    },
  };
}

function callIsolated(listener: () => unknown, onError: (error: unknown) => void): void {
  try {
    // A listener may be an async function, whatever its type says.
    Promise.resolve(listener()).catch(onError);
  } catch (error) {
    onError(error);
  }
}
