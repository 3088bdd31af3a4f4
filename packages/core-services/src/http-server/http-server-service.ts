import {
  createServiceRef,
  type CreateHttpApplication,
  type HttpApplicationPlace,
  type HttpRoutes,
  type LoggerService,
  type ServiceRef,
} from '@bulkhead/backend-plugin-api';
import type { ServerResponse } from 'node:http';
import type { Express, Handler } from 'express';
import type { Exchange } from './exchange.ts';
import type { ExpressApplication } from './express-app.ts';
import type { InProcessResponse } from './in-process/in-process-response.ts';
import type { InProcessRequest } from './in-process/serve-in-process.ts';
import type { ListenAddress } from './listen-address.ts';
import type { Endpoint } from './root-routes.ts';

/** A plugin's side of the server. */
export interface PluginMount {
  readonly pluginId: string;
  /** Takes what has to be said about the plugin's requests. */
  readonly logger: LoggerService;
  /** Whether the plugin may serve pages: see `HttpApplication`. */
  readonly servesPages?: boolean;
  /** The routes of the plugin's contract, as soon as it serves one. */
  readonly routes?: HttpRoutes;
  /** The URL under which users reach the plugin. */
  getExternalBaseUrl?(): Promise<string>;
  /**
   * Answers a request. It is for `/api/<pluginId>`, or for a path outside of `/api` if `exchange.isForIndex`; the plugin is
   * ready, and the execution context is entered. `exchange.upgradeHead` tells whether it asks for another protocol.
   */
  handle(exchange: Exchange): void;
}

/**
 * Answers requests for one path below the mount of every plugin, in place of the plugin and whether that is up or not.
 * No credentials have been demanded.
 *
 * @returns `false` when it does not: then the plugin is asked as for any other path
 */
export type PluginEndpoint = (exchange: Exchange, pluginId: string) => boolean | void;

/** Sends requests for plugins that run in other processes there. */
export interface PluginForwarder {
  /**
   * Sends a request on. The plugin is not one of this process.
   *
   * @returns `false` when no process is known to run it
   */
  forward(exchange: Exchange, pluginId: string): boolean;
}

/** The HTTP server of the process. Not for plugins: they have `coreServices.httpRouter`. */
export interface HttpServerService {
  /** Whether answers may tell more than strangers should know. */
  readonly development: boolean;
  /** Where the server listens. */
  getAddress(): ListenAddress;
  /**
   * Largest body, in bytes, that requests for a plugin may have.
   *
   * @param isLimited - whether the plugin limits bodies itself: then only what the configuration says counts
   */
  getBodyLimit(pluginId: string, isLimited?: boolean): number;
  /** What applications are told about their place. */
  getPlace(mountPath: string, pluginId?: string): HttpApplicationPlace;
  /** An Express application with the server's settings. */
  createApp(): Express;
  /** The same, for handlers to be added. */
  createExpress(): ExpressApplication;
  /** Sends requests for `/api/<pluginId>` to a plugin. @throws BulkheadError `ERR_HTTP_MOUNTED_TWICE` */
  mountPlugin(mount: PluginMount): void;
  /** What {@link mountPlugin} was given for a plugin. */
  getMount(pluginId: string): PluginMount | undefined;
  /** Makes the host itself answer requests for exactly `path` below `/api/<pluginId>` of every plugin in this process. */
  addPluginEndpoint(path: string, endpoint: PluginEndpoint): void;
  /**
   * Makes the host itself answer GET requests for exactly `path`. The path may lie below `/api` where no plugin can be:
   * what follows is no plugin id.
   */
  addEndpoint(path: string, endpoint: Endpoint): void;
  /** Sends requests below a path outside of `/api` to a handler. @throws BulkheadError `ERR_HTTP_ROOT_PATH` */
  mountRoot(path: string, handler: Handler): void;
  /** Sends requests below a path outside of `/api` to an application. @throws BulkheadError `ERR_HTTP_ROOT_PATH` */
  mountRootApplication(path: string, create: CreateHttpApplication): void;
  /**
   * Sends a request from one plugin of this process to another, without a connection. Unlike those that come over one, it
   * is still taken while the server waits for what is under way.
   *
   * @returns as soon as the head of the response is there
   * @throws BulkheadError `ERR_HTTP_CUT_OFF` when the response is broken off
   */
  sendInProcess(request: InProcessRequest): Promise<InProcessResponse>;
  /**
   * Has responses ended when the server drains, which would wait for them otherwise: those that wait for something to happen,
   * and whose clients come again.
   *
   * @param isWaiting - asked about responses whose head has been sent
   */
  endOnDrain(isWaiting: (response: ServerResponse) => boolean): void;
  /**
   * Hands a request for another protocol over: the server no longer looks after its socket.
   *
   * @param status - what the client was answered with. Default: 101
   */
  releaseUpgrade(exchange: Exchange, status?: number): void;
}

/** The HTTP server, which `rootHttpRouter`, `httpRouter` and `discovery` share. */
export const httpServerServiceRef: ServiceRef<HttpServerService, 'root', 'singleton'> =
  createServiceRef<HttpServerService>({
    id: 'core.httpServer',
    scope: 'root',
    defaultFactory: async () => (await import('./http-server-service-factory.ts')).httpServerServiceFactory,
  });
