import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';

/** Passes a request on, or fails it. */
export type Next = (reason?: unknown) => void;

/** A handler of Express 4, of whatever arity. Routers and applications are such, too. */
export type Handler4 = (...args: never[]) => unknown;

/** What Express 4 adds to requests before any handler runs. */
export interface Request4 extends IncomingMessage {
  res?: Response4;
  next?: Next;
  query?: unknown;
}

/** What Express 4 adds to responses before any handler runs. */
export interface Response4 extends ServerResponse {
  locals?: object;
}

/** An entry of a router: a handler with the path that it is for. */
export interface Layer4 {
  readonly handle: Handler4;
  readonly keys?: readonly { readonly name: string | number }[];
}

/** What all layers of one copy of Express 4 have in common. */
export interface LayerPrototype4 {
  handle_request(this: Layer4, request: Request4, response: Response4, next: Next): void;
  handle_error(this: Layer4, error: unknown, request: Request4, response: Response4, next: Next): void;
}

/** The part of a router of Express 4 that is used here; not all of it is documented. */
export interface Router4 {
  readonly stack: Layer4[];
  readonly params?: Record<string, ParamHandler4[]>;
  use(handler: Handler4): unknown;
  process_params?(layer: Layer4, ...rest: unknown[]): unknown;
}

/** Looks at the value of a path parameter: request, response, next, value, name. */
export type ParamHandler4 = (...args: [Request4, Response4, Next, ...unknown[]]) => unknown;

/** An application of Express 4. */
export interface Application4 extends EventEmitter {
  readonly request: object;
  readonly response: object;
  _router?: Router4;
  lazyrouter(): void;
  handle(request: IncomingMessage, response: ServerResponse, next: Next): void;
  use(handler: Handler4): unknown;
  set(name: string, value: unknown): unknown;
  get(name: string): unknown;
  disable(name: string): unknown;
}

const require = createRequire(import.meta.url);

/** An application of Express 4, which is loaded for the first one. */
export function createApplication4(): Application4 {
  return (require('express') as () => Application4)();
}
