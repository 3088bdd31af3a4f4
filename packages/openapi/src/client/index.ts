/**
 * Calls operations of contracts: what generated clients are made with. Loads in browsers.
 *
 * @packageDocumentation
 */

// Calls
export type {
  CallerCredentials,
  CallOptions,
  CallRequest,
  CallResponse,
  ServerSentEvent,
  StreamedRequestBody,
} from './call.ts';
export type { ClientConnection } from './client-connection.ts';
export type { HttpStatus } from '../contract/http-status.ts';

// What generated clients are made with
export { createClientClass, RESERVED_METHOD_NAMES, type ClientClass } from './create-client-class.ts';
export type { CalledOperation } from './client-operation.ts';
export { paginate } from './paginate.ts';
