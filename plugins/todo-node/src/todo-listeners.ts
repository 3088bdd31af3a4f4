import { createExtensionPoint, type ExtensionPoint } from '@bulkhead/backend-plugin-api';
import type { Todo } from './generated/types.ts';

/** Something that has happened to a todo. */
export interface TodoChange {
  readonly type: 'created' | 'updated' | 'deleted';
  /** Entity ref of the user, or subject of the service, that owns the todo and made the change. */
  readonly owner: string;
  /** The todo after the change; a deleted one as it was last. */
  readonly todo: Todo;
}

/**
 * Is told about each change, after it has been stored, by the process that stored it.
 *
 * The change stands whatever becomes of the listener: a rejection is logged with the id of the module, and nobody waits
 * for the promise but the shutdown. Changes of one todo may be told out of order; `todo.version` says which is newer.
 */
export type TodoListener = (change: TodoChange) => Promise<void>;

/** What modules of the todo plugin can do. */
export interface TodoListenersExtensionPoint {
  /** Adds a listener. Call it from the module's init. */
  addListener(listener: TodoListener): void;
}

/** Lets modules observe changes of todos. */
export const todoListenersExtensionPoint: ExtensionPoint<TodoListenersExtensionPoint> = createExtensionPoint({
  id: 'todo.listeners',
});
