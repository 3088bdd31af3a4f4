/**
 * Serves contracts: what generated routes are made with.
 *
 * @packageDocumentation
 */

// Routes out of generated code
export { createRoutes, type Handlers } from './create-routes.ts';

// What handlers get and give
export type {
  Handler,
  HandlerContext,
  HeaderValue,
  ResponseHeaders,
  ServerSentEvent,
  StreamedBody,
} from './handler.ts';
export type { HttpStatus } from '../contract/http-status.ts';

// What generated code says
export type {
  SchemaError,
  ServedContent,
  ServedContract,
  ServedOperation,
  ServedResponse,
  Validator,
} from './server-operation.ts';
