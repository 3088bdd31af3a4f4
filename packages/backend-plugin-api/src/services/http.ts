import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Handler } from 'express';
import type { Credentials } from './auth.ts';
import type { CreateHttpApplication } from './http-application.ts';
import type { HttpRoutes } from './http-routes.ts';

/** Opens part of a plugin to requests that the default policy refuses. */
export interface HttpAuthPolicy {
  /** A path below the plugin's mount, matched by whole segments; `/` opens all of it. */
  readonly path: string;
  /** `unauthenticated`: anybody. `user-cookie`: also a user who is known by cookie only. */
  readonly allow: 'unauthenticated' | 'user-cookie';
}

/** A request to change from HTTP to another protocol, after it has passed the plugin's auth policies. */
export interface UpgradeRequest {
  /** The request; its `url` is relative to the plugin's mount. */
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What the client sent after the request head. */
  readonly head: Buffer;
  readonly credentials: Credentials;
}

/** The plugin's router, mounted at `/api/<pluginId>`. */
export interface HttpRouterService {
  /** Adds an Express handler or router. It gets the requests that no contract route is for. */
  use(handler: Handler): void;
  /**
   * Adds an application that is not made of Express 5 handlers. It is asked in the order of registration among what
   * {@link use} adds. For those who bring another framework to the host; plugins have {@link use}.
   */
  mount(create: CreateHttpApplication): void;
  /**
   * Serves the operations of a contract. Who may call them stands in the contract; policies that were added open
   * further paths for Express handlers only.
   *
   * @throws BulkheadError `ERR_HTTP_ROUTES_SERVED_TWICE` when the plugin serves a contract already
   */
  serve(routes: HttpRoutes): void;
  /** Opens a path. Without policies each request needs user or service credentials. */
  addAuthPolicy(policy: HttpAuthPolicy): void;
  /** Handles upgrades (WebSocket) of requests below `path`. */
  onUpgrade(path: string, handler: (upgrade: UpgradeRequest) => void): void;
}

/** The router of the process, for paths outside of `/api`. */
export interface RootHttpRouterService {
  /**
   * Mounts an Express handler or router at a path. No authentication is done there.
   *
   * @throws BulkheadError when one of the mounted paths would shadow another.
   */
  use(path: string, handler: Handler): void;
  /** Mounts an application that is not made of Express 5 handlers, under the same rules. */
  mount(path: string, create: CreateHttpApplication): void;
}
