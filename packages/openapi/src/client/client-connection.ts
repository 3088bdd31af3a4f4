import type { CallOptions, CallRequest, CallResponse } from './call.ts';
import type { CalledOperation } from './client-operation.ts';

/** A way to call the operations of one plugin. Generated clients stand on it. */
export interface ClientConnection {
  /**
   * Calls an operation.
   *
   * @returns a response that the contract names and that is no error (status below 400)
   * @throws the error that the other side threw; ServiceUnavailableError, GatewayTimeoutError and BadGatewayError with
   *   codes `ERR_CLIENT_…` where there was no answer
   */
  call(operation: CalledOperation, request: CallRequest, options?: CallOptions): Promise<CallResponse>;
}
