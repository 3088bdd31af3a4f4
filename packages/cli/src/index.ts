/**
 * The `bulkhead` command.
 *
 * @packageDocumentation
 */

export { runCli } from './run-cli.ts';
