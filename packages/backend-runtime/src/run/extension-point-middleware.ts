import type { ExtensionPoint } from '@bulkhead/backend-plugin-api';
import type { MaybePromise } from '@bulkhead/types';

/** Stands between an extension point and the modules that use it, in every plugin that offers it. */
export interface ExtensionPointMiddleware {
  readonly extensionPoint: ExtensionPoint<unknown>;
  /** Gets what the extension point's factory made, or what the middleware before made of it. May take its time. */
  wrap(original: unknown): unknown;
}

/**
 * Defines a middleware for an extension point. An assembly uses it to observe or to extend what modules get, without
 * the plugin's knowledge. Several for one extension point are applied in the order in which they are given; one for an
 * extension point that nobody offers does nothing.
 */
export function createExtensionPointMiddleware<T>(options: {
  readonly extensionPoint: ExtensionPoint<T>;
  wrap(original: T): MaybePromise<T>;
}): ExtensionPointMiddleware {
  const { extensionPoint, wrap } = options;
  return { extensionPoint, wrap: (original) => wrap(original as T) };
}
