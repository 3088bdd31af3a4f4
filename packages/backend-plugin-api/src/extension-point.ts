import { invalidId } from './errors.ts';
import { isServiceId } from './ids.ts';

/**
 * The typed name of an object that a plugin offers to its modules before it initialises. Compared by `id`, never by
 * identity.
 */
export interface ExtensionPoint<T> {
  /** `@bulkhead/ExtensionPoint`, or the mark of another protocol that the host takes. */
  readonly $$type: `@${string}/ExtensionPoint`;
  readonly id: string;
  /** Carries the type for inference; `null` at run time. */
  readonly T: T;
  toString(): string;
}

/**
 * Names an extension point. It is exported from a plugin's `-node` package so that modules can depend on it.
 *
 * @example
 * ```ts
 * export const todoListenersExtensionPoint = createExtensionPoint<TodoListeners>({ id: 'todo.listeners' });
 * ```
 *
 * @throws BulkheadError `ERR_PLUGIN_API_INVALID_ID` when the id is malformed.
 */
export function createExtensionPoint<T>(options: { readonly id: string }): ExtensionPoint<T> {
  const { id } = options;
  if (!isServiceId(id)) throw invalidId('extension point', id);
  return { $$type: '@bulkhead/ExtensionPoint', id, T: null as T, toString: () => `extensionPoint{${id}}` };
}

/** What an extension point's factory learns about the module that it serves. */
export interface ExtensionPointContext {
  /** The module that asked for the extension point. */
  readonly moduleId: string;
  /**
   * Tells the host that the module proved faulty after it had initialised, for example when the plugin called back
   * into it. The failure is treated as if the module's own init had failed.
   */
  reportModuleStartupFailure(options: { readonly error: Error }): void;
}

/** How a plugin or a module provides an extension point: the factory runs once for each module that asks. */
export interface ExtensionPointRegistration {
  readonly extensionPoint: ExtensionPoint<unknown>;
  factory(context: ExtensionPointContext): unknown;
}
