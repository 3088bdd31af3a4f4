import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { CrossOriginHandler } from './cross-origin.ts';
import { malformedRequest, shuttingDown, unknownExpectation, wrongMethod } from './errors.ts';
import type { Exchange } from './exchange.ts';
import type { Exchanges } from './exchanges.ts';
import { findHeadFault, findInProcessHeadFault } from './head-fault.ts';
import { ExpressResponse } from './express-response.ts';
import type { HttpServerSettings } from './http-server-settings.ts';
import { isOfferOfHttp2 } from './node-server.ts';
import type { OpenConnections } from './open-connections.ts';
import { latestExchange } from './requests-under-way.ts';
import { UNPROCESSED } from './unprocessed.ts';

/** What {@link RequestIntake} is made of. */
export interface RequestIntakeOptions {
  readonly settings: HttpServerSettings;
  readonly exchanges: Exchanges;
  readonly connections: OpenConnections;
  /** Absent: other origins are kept out. */
  readonly crossOrigin?: CrossOriginHandler;
  /** Sends what was taken on its way. */
  readonly dispatch: (exchange: Exchange) => void;
}

/** Takes the requests that a server receives, and refuses those that no plugin should see. */
export class RequestIntake {
  readonly #options: RequestIntakeOptions;
  #closesConnections = false;
  #refuses = false;

  constructor(options: RequestIntakeOptions) {
    this.#options = options;
  }

  /** Takes whatever `server` receives, but for what its parser refuses. */
  listenTo(server: Server): void {
    server
      .on('request', (request, response) => this.#accept(this.#receive(request, response)))
      .on('checkContinue', (request, response) => this.#acceptExpecting(this.#receive(request, response)))
      .on('checkExpectation', (request, response) => this.#receive(request, response)?.refuse(unknownExpectation()))
      .on('upgrade', (request, socket, head) => this.#acceptUpgrade(request, socket, head))
      .on('connect', (request, socket) => this.#refuseTunnel(request, socket));
  }

  /** A request under way may need this one, so it is taken for as long as there is any. */
  acceptInProcess(request: IncomingMessage, response: ServerResponse): void {
    const exchange = this.#options.exchanges.begin(request, response);
    const fault = findInProcessHeadFault(request, this.#options.settings);
    if (fault) {
      exchange.refuse(fault);
    } else {
      this.#check(exchange);
    }
  }

  /** From now on every response ends its connection. */
  closeConnectionsAfterwards(): void {
    this.#closesConnections = true;
    this.#options.exchanges.underWay.closeConnectionsAfterwards();
  }

  /** From now on takes nothing that comes from outside. */
  close(): void {
    this.#refuses = true;
  }

  /** @returns `undefined` when the connection has its last answer already, and the request is not looked at */
  #receive(request: IncomingMessage, response: ServerResponse): Exchange | undefined {
    const { connections, exchanges } = this.#options;
    if (this.#refuses && connections.isDismissed(request.socket)) {
      request.resume();
      return undefined;
    }
    return exchanges.begin(request, response);
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

  #check(exchange: Exchange): void {
    const { request, response } = exchange;
    const { crossOrigin, settings, dispatch } = this.#options;
    const fault = findHeadFault(request, settings);
    if (fault) {
      exchange.refuse(fault, { Connection: 'close' });
    } else if (crossOrigin) {
      exchange.addHostHeaders();
      crossOrigin(request, response, () => dispatch(exchange));
    } else {
      dispatch(exchange);
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
    const { connections, exchanges } = this.#options;
    // Node.js has taken its own listener away; without one, a reset connection would bring the process down.
    socket.on('error', () => socket.destroy());
    if (latestExchange(socket) || connections.isDismissed(socket)) {
      // An earlier request of the same connection is not answered yet, and no answer may come before its own.
      socket.destroy();
      return undefined;
    }
    const response = new ExpressResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as Socket);
    response.once('finish', () => (socket as Socket).destroySoon());
    return exchanges.begin(request, response);
  }
}
