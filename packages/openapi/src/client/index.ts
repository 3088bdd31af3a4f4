/**
 * Calls operations of contracts: what generated clients are made with. Loads in browsers.
 *
 * @packageDocumentation
 */

export type { CallOptions, CallRequest, CallResponse, ClientConnection } from './client-connection.ts';
export type { CalledOperation } from './client-operation.ts';
