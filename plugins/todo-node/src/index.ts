/**
 * What modules of the todo plugin build on.
 *
 * @packageDocumentation
 */

// Observing changes
export {
  todoListenersExtensionPoint,
  type TodoChange,
  type TodoListener,
  type TodoListenersExtensionPoint,
} from './todo-listeners.ts';
