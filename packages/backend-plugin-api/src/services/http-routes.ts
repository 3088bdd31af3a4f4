import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject, MaybePromise } from '@bulkhead/types';
import type { Credentials } from './auth.ts';
import type { LoggerService } from './logger.ts';

/** Who may call a route. */
export interface HttpRouteAccess {
  /**
   * `none`: anybody, and credentials are not looked at. `optional`: anybody, but credentials that are sent must be valid.
   * `required`: callers with credentials only.
   */
  readonly credentials: 'none' | 'optional' | 'required';
  /** The kinds of callers that get in when credentials are required. */
  readonly principals: readonly ('user' | 'service')[];
  /** Whether the cookie of a user, which stands for limited access, is enough. */
  readonly cookie: boolean;
}

/** A request on its way to a route, after the host has let it in. */
export interface HttpRouteCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The values of the path parameters as they were sent, in the order of the path; not decoded. */
  readonly pathValues: readonly string[];
  /** The query as it was sent, without the question mark; empty if there is none. */
  readonly query: string;
  /** The caller. Of type `none` where the route does not look at credentials or none were sent. */
  readonly credentials: Credentials;
  readonly pluginId: string;
  /** The path at which the plugin is mounted: `/api/todo`. */
  readonly mountPath: string;
  readonly requestId: string;
  /** The plugin's logger. */
  readonly logger: LoggerService;
  /** Whether answers may tell more than strangers should know. */
  readonly development: boolean;
  /** Whether a response can still begin, and somebody is there to read it. */
  readonly isAnswerable: boolean;
  /** Aborts when the caller hangs up, or when the deadline that it sent has passed. Made on first use. */
  readonly signal: AbortSignal;
  /** Answers with an error, and logs it as its status deserves. */
  fail(error: unknown): void;
}

/** An operation of a contract, ready to serve. */
export interface HttpRoute {
  /** The name of the operation, for logs and metrics. */
  readonly operationId: string;
  readonly access: HttpRouteAccess;
  /** Answers a request. What it throws or rejects with is answered by the host. */
  handle(call: HttpRouteCall): MaybePromise<void>;
}

/** What {@link HttpRoutes.find} has found. */
export interface HttpRouteMatch {
  readonly route: HttpRoute;
  readonly pathValues: readonly string[];
}

/**
 * The routes of a contract. `@bulkhead/openapi` makes them out of generated code; a host serves them without knowing
 * what a contract is.
 */
export interface HttpRoutes {
  /** The route for a method (in upper case) and a path below the plugin's mount, as it was sent. */
  find(method: string, path: string): HttpRouteMatch | undefined;
  /** The methods that have a route at a path, in upper case. */
  methodsAt(path: string): readonly string[];
  /** The OpenAPI document behind the routes, bundled, without `servers`. Loaded when it is asked for. */
  document(): MaybePromise<JsonObject>;
}
