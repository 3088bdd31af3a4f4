import type { CalledOperation } from './client-operation.ts';

/** What a caller puts into a request. Which of the parts there are, and their types, the generated method knows. */
export interface CallRequest {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookies?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** The media type of the body, where the contract allows several. */
  readonly contentType?: string;
}

/**
 * How one call is made. What is left out comes from the configuration.
 *
 * @typeParam TCredentials - what stands for the caller: credentials inside of a host, nothing outside
 */
export interface CallOptions<TCredentials = unknown> {
  /** On whose behalf the call is made. Inside of a host only, and needed there unless the operation is public. */
  readonly credentials?: TCredentials;
  /** A token to send, in place of one that is issued for the credentials. */
  readonly token?: string;
  /** How long the call may take, with all repetitions, in milliseconds. Never longer than the caller's own deadline. */
  readonly timeout?: number;
  /** How often the call is repeated at most, or `false`. Only what is safe to repeat is repeated. */
  readonly retries?: number | false;
  /** Aborts the call. */
  readonly signal?: AbortSignal;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A response as the contract describes it; its body is decoded. */
export interface CallResponse {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

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
