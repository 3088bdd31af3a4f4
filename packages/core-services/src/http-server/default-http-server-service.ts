import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type {
  CreateHttpApplication,
  HttpApplicationPlace,
  RootHostService,
  RootLoggerService,
} from '@bulkhead/backend-plugin-api';
import type { Express, Handler } from 'express';
import type { AccessLogService } from './access-log.ts';
import { DEFAULT_BODY_LIMIT } from './body-limit.ts';
import type { CrossOriginHandler } from './cross-origin.ts';
import { ErrorResponder } from './error-responder.ts';
import type { Exchange } from './exchange.ts';
import { Exchanges } from './exchanges.ts';
import { createExpressApp, ExpressApplication } from './express-app.ts';
import type { HttpServerService, PluginEndpoint, PluginForwarder, PluginMount } from './http-server-service.ts';
import type { HttpServerSettings } from './http-server-settings.ts';
import { InProcessServer, type InProcessRequest } from './in-process/serve-in-process.ts';
import type { InProcessResponse } from './in-process/in-process-response.ts';
import { LifecycleGate } from './lifecycle-gate.ts';
import type { ListenAddress } from './listen-address.ts';
import { createNodeServer, listen } from './node-server.ts';
import { OpenConnections } from './open-connections.ts';
import { RequestDispatcher } from './request-dispatcher.ts';
import { RequestIntake } from './request-intake.ts';
import { RootRoutes, type Endpoint } from './root-routes.ts';
import type { HeaderBlock } from './security-headers.ts';
import { sayGoodbye, UnparsableRequests } from './unparsable-requests.ts';
import { workForPlugin } from './upgraded-connection.ts';

/** What {@link DefaultHttpServerService} is made of. */
export interface HttpServerOptions {
  readonly settings: HttpServerSettings;
  readonly logger: RootLoggerService;
  readonly accessLog: AccessLogService;
  readonly host: RootHostService;
  /** Sent with every response. */
  readonly securityHeaders: HeaderBlock;
  /** Sent in their place by plugins that may serve pages. Default: the same. */
  readonly pageHeaders?: HeaderBlock;
  /** Absent: other origins are kept out. */
  readonly crossOrigin?: CrossOriginHandler;
  /** Tell more about errors than strangers should know. Default: no. */
  readonly development?: boolean;
}

/** One `node:http` server for all plugins of the process. */
export class DefaultHttpServerService implements HttpServerService {
  readonly #options: HttpServerOptions;
  readonly #server: Server;
  readonly #responder: ErrorResponder;
  readonly #exchanges: Exchanges;
  readonly #gate: LifecycleGate;
  readonly #rootRoutes: RootRoutes;
  readonly #dispatcher: RequestDispatcher;
  readonly #intake: RequestIntake;
  readonly #upgraded = new Set<Duplex>();
  readonly #connections: OpenConnections;
  readonly #inProcess = new InProcessServer((request, response) => this.#intake.acceptInProcess(request, response));
  #address: ListenAddress | undefined;

  private constructor(options: HttpServerOptions) {
    const { settings, host, logger, development = false, accessLog, securityHeaders, crossOrigin } = options;
    const { pageHeaders = securityHeaders } = options;
    this.#options = options;
    this.#responder = new ErrorResponder(development);
    this.#exchanges = new Exchanges({ logger, responder: this.#responder, securityHeaders, pageHeaders }, accessLog);
    this.#gate = new LifecycleGate(host, settings.startupRequestPauseTimeout);
    this.#rootRoutes = new RootRoutes(this);
    this.#dispatcher = new RequestDispatcher({ host, development, gate: this.#gate, rootRoutes: this.#rootRoutes });
    this.#server = createNodeServer(settings);
    this.#connections = new OpenConnections(this.#server, { isSecure: settings.https !== undefined });
    this.#intake = new RequestIntake({
      settings,
      exchanges: this.#exchanges,
      connections: this.#connections,
      crossOrigin,
      dispatch: (exchange) => this.#dispatcher.dispatch(exchange),
    });
    this.#intake.listenTo(this.#server);
    const unparsable = new UnparsableRequests({ responder: this.#responder, accessLog, securityHeaders });
    this.#server.on('clientError', (error, socket) => unparsable.handle(error, socket));
  }

  /**
   * Starts a server.
   *
   * @throws BulkheadError `ERR_HTTP_PORT_IN_USE`, `ERR_HTTP_LISTEN_FAILED`
   */
  static async start(options: HttpServerOptions): Promise<DefaultHttpServerService> {
    const service = new DefaultHttpServerService(options);
    service.#address = await listen(service.#server, options.settings);
    service.#server.on('error', (error) => options.logger.error('The HTTP server failed', error));
    return service;
  }

  get development(): boolean {
    return this.#options.development ?? false;
  }

  getAddress(): ListenAddress {
    // Only start() hands out instances, so the server listens.
    return this.#address!;
  }

  getBodyLimit(pluginId: string | undefined, isLimited = false): number {
    const { bodyLimit = isLimited ? Infinity : DEFAULT_BODY_LIMIT, bodyLimits } = this.#options.settings;
    return (pluginId === undefined ? undefined : bodyLimits.get(pluginId)) ?? bodyLimit;
  }

  getPlace(mountPath: string, pluginId?: string): HttpApplicationPlace {
    const { trustProxy } = this.#options.settings;
    return { pluginId, mountPath, trustProxy, development: this.development, bodyLimit: this.getBodyLimit(pluginId) };
  }

  createApp(): Express {
    return createExpressApp(this.#options.settings);
  }

  createExpress(): ExpressApplication {
    return new ExpressApplication(() => this.createApp());
  }

  mountPlugin(mount: PluginMount): void {
    this.#dispatcher.mount(mount);
  }

  getMount(pluginId: string): PluginMount | undefined {
    return this.#dispatcher.getMount(pluginId);
  }

  addPluginEndpoint(path: string, endpoint: PluginEndpoint): void {
    this.#dispatcher.addPluginEndpoint(path, endpoint);
  }

  /** Sends requests for plugins that are not of this process to `forwarder`. */
  forwardWith(forwarder: PluginForwarder): void {
    this.#dispatcher.forwardWith(forwarder);
  }

  mountRoot(path: string, handler: Handler): void {
    this.#rootRoutes.mount(path, handler);
  }

  mountRootApplication(path: string, create: CreateHttpApplication): void {
    this.#rootRoutes.mountApplication(path, create);
  }

  addEndpoint(path: string, endpoint: Endpoint): void {
    this.#rootRoutes.addEndpoint(path, endpoint);
  }

  sendInProcess(request: InProcessRequest): Promise<InProcessResponse> {
    return this.#inProcess.send(request);
  }

  endOnDrain(isWaiting: (response: ServerResponse) => boolean): void {
    this.#exchanges.underWay.endIfWaiting(isWaiting);
  }

  releaseUpgrade(exchange: Exchange, status = 101): void {
    const { response, socket } = exchange;
    // Whoever waited for somebody to take the socket has detached it already.
    if (response.socket) {
      response.detachSocket(socket);
    }
    this.#connections.release(socket);
    this.#upgraded.add(socket);
    workForPlugin(socket);
    socket.once('close', () => this.#upgraded.delete(socket));
    this.#exchanges.end(exchange, status);
  }

  /** How many requests have not been answered yet. */
  get requestsUnderWay(): number {
    return this.#exchanges.underWay.count;
  }

  /** From now on every response ends its connection, so that clients move on to another process. */
  closeConnectionsAfterResponses(): void {
    this.#intake.closeConnectionsAfterwards();
  }

  /**
   * Takes no new connections and requests, and waits for those under way until the configured deadline. Then whatever
   * is left is cut off; only sockets that have changed to another protocol stay.
   */
  async drain(): Promise<void> {
    const { settings, logger } = this.#options;
    this.#intake.close();
    this.#gate.close();
    this.closeConnectionsAfterResponses();
    const whenIdle = this.#exchanges.underWay.whenIdle(settings.drainTimeout);
    await this.#dismissConnections(DISMISSAL_PATIENCE);
    this.#connections.stopListening();
    if (!(await whenIdle)) {
      logger.warn(
        `${this.#exchanges.underWay.count} requests took longer than the shutdown may wait, and were cut off`,
      );
    }
    // Those that have come since, or had a request under way.
    await this.#dismissConnections(DISMISSAL_PATIENCE / 4);
    this.#server.closeAllConnections();
    // Those from within the process have no connections.
    this.#exchanges.underWay.breakOff();
  }

  async #dismissConnections(patience: number): Promise<void> {
    const { settings, securityHeaders } = this.#options;
    await this.#connections.dismiss({
      patience: Math.min(patience, settings.drainTimeout),
      sayGoodbye: (socket) => sayGoodbye(socket, this.#responder, securityHeaders),
    });
  }

  /** Closes what is left. */
  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    for (const socket of this.#upgraded) {
      socket.destroy();
    }
    await closed;
  }
}

/**
 * How long clients may take to see that their connections are of no more use, in milliseconds. Nobody waits who has seen it; a
 * client on a machine that is short of time, cut off before, would lose what it has just sent.
 */
const DISMISSAL_PATIENCE = 5_000;
