/**
 * What each day has brought to each owner of todos.
 *
 * @packageDocumentation
 */

export { digestPlugin as default } from './plugin.ts';
