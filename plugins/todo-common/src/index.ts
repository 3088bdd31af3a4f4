/**
 * What the todo plugin and its clients share.
 *
 * @packageDocumentation
 */

// Todos
export type { NewTodo, Todo, TodoChanges, TodoFilter, TodoPage } from './todo.ts';

// Limits
export { MAX_PAGE_SIZE, MAX_TITLE_LENGTH } from './todo.ts';
