import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type {
  CreateHttpApplication,
  HttpApplicationPlace,
  RootHostService,
  RootLoggerService,
} from '@bulkhead/backend-plugin-api';
import type { Express, Handler } from 'express';
import type { AccessLogService } from './access-log.ts';
import type { CrossOriginHandler } from './cross-origin.ts';
import { ErrorResponder } from './error-responder.ts';
import { malformedRequest, shuttingDown, unknownExpectation, wrongMethod } from './errors.ts';
import { Exchange, type ExchangeContext } from './exchange.ts';
import { createExpressApp, ExpressApplication } from './express-app.ts';
import { findHeadFault, findInProcessHeadFault } from './head-fault.ts';
import type { HttpServerService, PluginEndpoint, PluginForwarder, PluginMount } from './http-server-service.ts';
import type { HttpServerSettings } from './http-server-settings.ts';
import { InProcessServer, type InProcessRequest } from './in-process/serve-in-process.ts';
import type { InProcessResponse } from './in-process/in-process-response.ts';
import { LifecycleGate } from './lifecycle-gate.ts';
import type { ListenAddress } from './listen-address.ts';
import { toLoggedTarget } from './logged-target.ts';
import { nodeHttp } from './node-http.ts';
import { createNodeServer, isOfferOfHttp2, listen } from './node-server.ts';
import { OpenConnections } from './open-connections.ts';
import { RequestDispatcher } from './request-dispatcher.ts';
import { latestExchange, RequestsUnderWay } from './requests-under-way.ts';
import { RootRoutes, type Endpoint } from './root-routes.ts';
import type { HeaderBlock } from './security-headers.ts';
import { UNPROCESSED } from './unprocessed.ts';
import { sayGoodbye, UnparsableRequests } from './unparsable-requests.ts';

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
  readonly #exchangeContext: ExchangeContext;
  readonly #gate: LifecycleGate;
  readonly #rootRoutes: RootRoutes;
  readonly #dispatcher: RequestDispatcher;
  readonly #underWay = new RequestsUnderWay((exchange) => this.#end(exchange));
  readonly #upgraded = new Set<Duplex>();
  readonly #connections: OpenConnections;
  readonly #inProcess = new InProcessServer((request, response) => this.#acceptInProcess(request, response));
  #address: ListenAddress | undefined;
  #closesConnections = false;
  #refuses = false;

  private constructor(options: HttpServerOptions) {
    const { settings, host, development = false, accessLog, securityHeaders } = options;
    this.#options = options;
    this.#responder = new ErrorResponder(development);
    const { logger, pageHeaders = securityHeaders } = options;
    this.#exchangeContext = { logger, responder: this.#responder, securityHeaders, pageHeaders };
    this.#gate = new LifecycleGate(host, settings.startupRequestPauseTimeout);
    this.#rootRoutes = new RootRoutes(this);
    this.#dispatcher = new RequestDispatcher({ host, development, gate: this.#gate, rootRoutes: this.#rootRoutes });
    this.#server = createNodeServer(settings);
    this.#connections = new OpenConnections(this.#server, { isSecure: settings.https !== undefined });
    const unparsable = new UnparsableRequests({ responder: this.#responder, accessLog, securityHeaders });
    this.#server
      .on('request', (request, response) => this.#accept(this.#receive(request, response)))
      .on('checkContinue', (request, response) => this.#acceptExpecting(this.#receive(request, response)))
      .on('checkExpectation', (request, response) => this.#receive(request, response)?.refuse(unknownExpectation()))
      .on('upgrade', (request, socket, head) => this.#acceptUpgrade(request, socket, head))
      .on('connect', (request, socket) => this.#refuseTunnel(request, socket))
      .on('clientError', (error, socket) => unparsable.handle(error, socket));
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
    return new ExpressApplication(this.createApp());
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
    this.#underWay.endIfWaiting(isWaiting);
  }

  releaseUpgrade(exchange: Exchange, status = 101): void {
    const { response, socket } = exchange;
    // Whoever waited for somebody to take the socket has detached it already.
    if (response.socket) {
      response.detachSocket(socket);
    }
    this.#connections.release(socket);
    this.#upgraded.add(socket);
    socket.once('close', () => this.#upgraded.delete(socket));
    this.#end(exchange, status);
  }

  /** How many requests have not been answered yet. */
  get requestsUnderWay(): number {
    return this.#underWay.count;
  }

  /** From now on every response ends its connection, so that clients move on to another process. */
  closeConnectionsAfterResponses(): void {
    this.#closesConnections = true;
    this.#underWay.closeConnectionsAfterwards();
  }

  /**
   * Takes no new connections and requests, and waits for those under way until the configured deadline. Then whatever
   * is left is cut off; only sockets that have changed to another protocol stay.
   */
  async drain(): Promise<void> {
    const { settings, logger } = this.#options;
    this.#refuses = true;
    this.#gate.close();
    this.closeConnectionsAfterResponses();
    const whenIdle = this.#underWay.whenIdle(settings.drainTimeout);
    await this.#dismissConnections(DISMISSAL_PATIENCE);
    this.#connections.stopListening();
    if (!(await whenIdle)) {
      logger.warn(`${this.#underWay.count} requests took longer than the shutdown may wait, and were cut off`);
    }
    // Those that have come since, or had a request under way.
    await this.#dismissConnections(DISMISSAL_PATIENCE / 4);
    this.#server.closeAllConnections();
    // Those from within the process have no connections.
    this.#underWay.breakOff();
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

  /** @returns `undefined` when the connection has its last answer already, and the request is not looked at */
  #receive(request: IncomingMessage, response: ServerResponse): Exchange | undefined {
    if (this.#refuses && this.#connections.isDismissed(request.socket)) {
      request.resume();
      return undefined;
    }
    return this.#begin(request, response);
  }

  #begin(request: IncomingMessage, response: ServerResponse): Exchange {
    const exchange = new Exchange(request, response, this.#exchangeContext);
    this.#underWay.begin(exchange);
    response.on('close', () => this.#end(exchange));
    return exchange;
  }

  #end(exchange: Exchange, status = statusOf(exchange.response)): void {
    if (exchange.isOver) {
      return;
    }
    exchange.isOver = true;
    exchange.wasCutOff = status === CUT_OFF;
    this.#underWay.end(exchange);
    if (exchange.wasCutOff) {
      exchange.work?.abandon();
    }
    exchange.work = undefined;
    const { method, target, requestId, pluginId, upstream, startedAt, sentBefore, socket } = exchange;
    this.#options.accessLog.record({
      method,
      url: toLoggedTarget(target),
      status,
      duration: Math.round((performance.now() - startedAt) * 1_000) / 1_000,
      bytes: socket.bytesWritten - sentBefore,
      requestId,
      pluginId,
      upstream,
    });
  }

  #accept(exchange: Exchange | undefined): void {
    if (!exchange) {
      return;
    }
    if (this.#refuses) {
      exchange.refuse(shuttingDown(), { ...UNPROCESSED, Connection: 'close', 'Retry-After': '1' });
      return;
    }
    if (this.#closesConnections) {
      exchange.response.setHeader('Connection', 'close');
    }
    this.#check(exchange);
  }

  /** A request under way may need this one, so it is taken for as long as there is any. */
  #acceptInProcess(request: IncomingMessage, response: ServerResponse): void {
    const exchange = this.#begin(request, response);
    const fault = findInProcessHeadFault(request, this.#options.settings);
    if (fault) {
      exchange.refuse(fault);
    } else {
      this.#check(exchange);
    }
  }

  #check(exchange: Exchange): void {
    const { request, response } = exchange;
    const { crossOrigin, settings } = this.#options;
    const fault = findHeadFault(request, settings);
    if (fault) {
      exchange.refuse(fault, { Connection: 'close' });
    } else if (crossOrigin) {
      exchange.addHostHeaders();
      crossOrigin(request, response, () => this.#dispatcher.dispatch(exchange));
    } else {
      this.#dispatcher.dispatch(exchange);
    }
  }

  #acceptExpecting(exchange: Exchange | undefined): void {
    if (exchange) {
      exchange.awaitsContinue = true;
      this.#accept(exchange);
    }
  }

  #acceptUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const exchange = this.#beginDetached(request, socket);
    if (!exchange) {
      return;
    }
    if (!isOfferOfHttp2(request)) {
      exchange.upgradeHead = head;
    } else if (head.length > 0) {
      exchange.refuse(malformedRequest('an offer of HTTP/2 with a body'));
      return;
    }
    this.#accept(exchange);
  }

  #refuseTunnel(request: IncomingMessage, socket: Duplex): void {
    const exchange = this.#beginDetached(request, socket);
    exchange?.refuse(wrongMethod(exchange.method, exchange.target, []), { Allow: '' });
  }

  /**
   * Gives a request for which Node.js has let go of the socket a response, so that it goes the way of all others until
   * a plugin takes the socket.
   *
   * @returns `undefined` when it came too early, and its connection is closed
   */
  #beginDetached(request: IncomingMessage, socket: Duplex): Exchange | undefined {
    // Node.js has taken its own listener away; without one, a reset connection would bring the process down.
    socket.on('error', () => socket.destroy());
    if (latestExchange(socket) || this.#connections.isDismissed(socket)) {
      // An earlier request of the same connection is not answered yet, and no answer may come before its own.
      socket.destroy();
      return undefined;
    }
    const response = new nodeHttp.ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as Socket);
    response.once('finish', () => (socket as Socket).destroySoon());
    return this.#begin(request, response);
  }
}

/** How large bodies may be where neither the configuration nor the plugin says anything about it. */
const DEFAULT_BODY_LIMIT = 10 * 1024 * 1024;

/** How long clients may take to see that their connections are of no more use. */
const DISMISSAL_PATIENCE = 1_000;

/** What is logged, as nginx has it, when the connection closed before the response was complete. */
const CUT_OFF = 499;

function statusOf(response: ServerResponse): number {
  return response.writableFinished ? response.statusCode : CUT_OFF;
}
