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
export { responseOf } from './decode/error-decoder.ts';
export type { HttpStatus } from '../contract/http-status.ts';

// Connections
export type { ClientConnection } from './client-connection.ts';
export { createConnection, type ConnectionOptions } from './create-connection.ts';
export type { Fetch } from './fetch-transport.ts';
export { DEFAULT_CALL_POLICY, type CallPolicy } from './policy/call-policy.ts';

// What hosts make connections of
export { HttpConnection, type CallContext, type CallObserver, type HttpConnectionOptions } from './http-connection.ts';
export type { CallEnd, Transport, TransportBody, TransportRequest, TransportResponse } from './transport.ts';
export type { Clock } from './policy/clock.ts';
export type { Failure } from './policy/failure.ts';
export { TIMEOUT_HEADER, UNPROCESSED_HEADER } from './policy/ongoing-call.ts';

// What generated clients are made with
export { createClientClass, RESERVED_METHOD_NAMES, type ClientClass } from './create-client-class.ts';
export type { CalledOperation } from './client-operation.ts';
export { paginate } from './paginate.ts';
