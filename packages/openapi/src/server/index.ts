/**
 * Serves contracts: what generated routes are made with.
 *
 * @packageDocumentation
 */

export type { Handler, HandlerContext, ServerSentEvent, StreamedBody } from './handler.ts';
export type {
  SchemaError,
  ServedContent,
  ServedContract,
  ServedOperation,
  ServedResponse,
  Validator,
} from './server-operation.ts';
