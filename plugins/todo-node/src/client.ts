/**
 * The client of the todo plugin for browsers and for programs outside of a host: it needs nothing of either.
 *
 * @packageDocumentation
 */

// Calling the plugin
export { TodoClient, type TodoResponses } from './generated/client.ts';

// What it takes and gives
export type { NewTodo, OwnerSummary, Summary, SummaryPage, Todo, TodoChanges, TodoPage } from './generated/types.ts';
