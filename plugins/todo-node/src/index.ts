/**
 * The client of the todo plugin, and what its modules build on.
 *
 * @packageDocumentation
 */

// Calling the plugin
export { createTodoClientRef, todoClientRef } from './generated/client-ref.ts';
export { TodoClient, type TodoResponses } from './generated/client.ts';

// What it takes and gives
export type { NewTodo, OwnerSummary, Summary, SummaryPage, Todo, TodoChanges, TodoPage } from './generated/types.ts';

// Observing changes
export {
  todoListenersExtensionPoint,
  type TodoChange,
  type TodoListener,
  type TodoListenersExtensionPoint,
} from './todo-listeners.ts';
