import type { HttpMethod } from '../contract/operation.ts';

/** The bodies that transports send. Streams can be sent only once. */
export type TransportBody = string | Uint8Array | Blob | FormData | ReadableStream<Uint8Array>;

/** The end of a call before it has been answered: its deadline, or the caller's wish. */
export interface CallEnd {
  /** The same as a signal, which is made on first use: there is one per call, and they are dear. */
  readonly signal: AbortSignal;
  /** Whether it has come. */
  readonly isOver: boolean;
  /**
   * Has a listener called once when it comes. There can be one at a time.
   *
   * @returns what calls it off
   */
  onEnd(listener: (reason: Error) => void): () => void;
}

/** One attempt to make a call. */
export interface TransportRequest {
  readonly method: HttpMethod;
  /** The path below the base URL of the plugin, with the query. */
  readonly path: string;
  /** By name in lower case. Without `content-type` if that is for the transport to say: forms with files. */
  readonly headers: Record<string, string>;
  readonly body?: TransportBody;
  /** Tells when nobody waits for the answer any more, also while it is being read. */
  readonly end: CallEnd;
  /** What this call has been sent to in vain, in the words of the transport, which adds to it. */
  readonly tried: Set<string>;
}

/** What came back. One of the methods is called, and once. */
export interface TransportResponse {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  text(): Promise<string>;
  stream(): ReadableStream<Uint8Array>;
  /** Nobody wants the body. */
  discard(): void;
}

/** Brings requests to a plugin. Knows nothing about contracts, deadlines and repetitions. */
export interface Transport {
  /**
   * Makes one attempt.
   *
   * @returns as soon as the head of the response is there
   * @throws whatever tells that there was no response; see `failureOf` for how it is understood
   */
  send(request: TransportRequest): Promise<TransportResponse>;
}
