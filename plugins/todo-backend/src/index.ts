/**
 * Todos in PostgreSQL, one owner apart from another.
 *
 * @packageDocumentation
 */

export { todoPlugin as default } from './plugin.ts';
