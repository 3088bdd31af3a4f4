/**
 * Greets with a configured message.
 *
 * @packageDocumentation
 */

export { examplePlugin as default } from './plugin.ts';
