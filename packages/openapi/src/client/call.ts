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
 * What stands for a caller inside of a host: the credentials of a request, or those that `core.auth` gives. Browsers,
 * which have none, need not load the package that says more about them.
 */
export interface CallerCredentials {
  readonly $$type: '@backstage/BackstageCredentials';
  readonly principal: unknown;
}

/** How one call is made. What is left out comes from the configuration. */
export interface CallOptions {
  /** On whose behalf the call is made. Inside of a host only, and needed there unless the operation is public. */
  readonly credentials?: CallerCredentials;
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

/** A body that is streamed out. Only the last three can be sent again, so only with them a call is repeated. */
export type StreamedRequestBody =
  ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string> | Blob | Uint8Array | string;

/** One message of a `text/event-stream`, as it was received. */
export interface ServerSentEvent<TData = unknown> {
  /** What the message says: parsed from JSON, unless the contract has it a text. */
  readonly data: TData;
  /** Absent for those without a name, which browsers call `message`. */
  readonly event?: string;
  /** Of this message, or of the last one before it that had an id. */
  readonly id?: string;
  /** How long to wait before connecting anew, in milliseconds. */
  readonly retry?: number;
}
