import type { IncomingMessage } from 'node:http';
import type { Credentials, LoggerService } from '@bulkhead/backend-plugin-api';
import type { MaybePromise } from '@bulkhead/types';

/** What every handler gets beside the parameters and the body of its operation. */
export interface HandlerContext<TCredentials = Credentials> {
  /** The caller. */
  readonly credentials: TCredentials;
  readonly requestId: string;
  readonly logger: LoggerService;
  /** Aborts when the caller hangs up or no longer waits. */
  readonly signal: AbortSignal;
  /** The path at which the plugin is mounted, such as `/api/todo`, for links in answers. */
  readonly mountPath: string;
  /** The request itself, for what no contract can say. What the contract reads of its body is gone from it. */
  readonly request: IncomingMessage;
}

/** Serves one operation: typed input in, one of the answers of the contract out. What it throws becomes the answer. */
export type Handler<TRequest, TResponse, TCredentials = Credentials> = (
  request: TRequest & HandlerContext<TCredentials>,
) => MaybePromise<TResponse>;

/** What a header of a response can be set to. A list is written with commas, `set-cookie` as several headers. */
export type HeaderValue =
  | string
  | number
  | boolean
  | null
  | readonly (string | number | boolean | null)[]
  | { readonly [name: string]: string | number | boolean | null | undefined };

/** Headers of a response, by name in lower case: a handler may set others than those that the contract names. */
export type ResponseHeaders = Readonly<Record<string, HeaderValue | undefined>>;

/** One message of a `text/event-stream`. */
export interface ServerSentEvent<TData = unknown> {
  /** Sent as JSON unless it is a string. */
  readonly data: TData;
  readonly event?: string;
  readonly id?: string;
  /** How long the client should wait before it connects anew, in milliseconds. */
  readonly retry?: number;
}

/** A body that is streamed: what Node.js and the web call a stream, and anything that yields chunks. */
export type StreamedBody = AsyncIterable<Uint8Array | string> | Uint8Array;
