import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
// The global one is behind a getter, which each request would pay for.
import { performance } from 'node:perf_hooks';
import type { LoggerService } from '@bulkhead/backend-plugin-api';
import type { ErrorResponder, ExtraHeaders } from './error-responder.ts';
import { deadlineOf } from './deadline.ts';
import { addHeaderBlock } from './host-response.ts';
import type { HeaderBlock } from './security-headers.ts';
import { requestIdOf, traceparentOf } from './request-id.ts';

/** What all exchanges of a server have in common. */
export interface ExchangeContext {
  readonly responder: ErrorResponder;
  /** Sent with every response that is made here. */
  readonly securityHeaders: HeaderBlock;
  /** Sent in their place by plugins that may serve pages. */
  readonly pageHeaders: HeaderBlock;
  readonly logger: LoggerService;
}

/** Work for an exchange that goes on in another process. */
export interface RemoteWork {
  /** Called when the exchange was cut off: nobody waits for the answer. */
  abandon(): void;
}

/** A request and its response, on their way through the host. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Socket;
  readonly requestId: string;
  /** The caller's trace context, if it sent a valid one. */
  readonly traceparent: string | undefined;
  /** Until when the caller waits for the answer, by `performance.now()`, if it says so. */
  readonly deadline: number | undefined;
  /** The request target in the form in which it is routed and logged. */
  target: string;
  /** By `performance.now()`. */
  readonly startedAt: number;
  /** What the socket had sent before the response. */
  sentBefore: number;
  /** What the socket had sent when it had all of the response; `undefined` until then, and where no other one follows. */
  sentUntil: number | undefined = undefined;
  /** The plugin that answers; `undefined` until it is found, and for paths outside of `/api`. */
  pluginId: string | undefined = undefined;
  /** The process that answers in place of this one, by its origin; `undefined` until it is chosen, and for all others. */
  upstream: string | undefined = undefined;
  /** What is done for it elsewhere, if anything. */
  work: RemoteWork | undefined = undefined;
  /** Whether the client waits for a `100 Continue` before it sends the body. */
  awaitsContinue = false;
  /** What followed the head of a request for another protocol; `undefined` for all other requests. */
  upgradeHead: Buffer | undefined = undefined;
  /** Whether it is for a path outside of `/api` that the index of the host answers. */
  isForIndex = false;
  /** Where it stands among those that are under way. */
  place = 0;
  /** Whether the response is over, one way or another. */
  isOver = false;
  /** Whether it was over before the response was complete. */
  wasCutOff = false;
  /** Takes what has to be said about the exchange; the plugin's own once that is found. */
  logger: LoggerService;
  readonly #context: ExchangeContext;
  #hostHeaders: HeaderBlock | undefined;

  constructor(request: IncomingMessage, response: ServerResponse, context: ExchangeContext) {
    this.request = request;
    this.response = response;
    this.socket = request.socket;
    this.target = request.url ?? '/';
    this.requestId = requestIdOf(request.headers);
    this.traceparent = traceparentOf(request.headers);
    this.startedAt = performance.now();
    this.deadline = deadlineOf(request.headers, this.startedAt);
    this.sentBefore = request.socket.bytesWritten;
    this.logger = context.logger;
    this.#context = context;
    this.#hostHeaders = context.securityHeaders;
  }

  get method(): string {
    return this.request.method ?? 'GET';
  }

  /** Whether a response can still begin, and somebody is there to read it. */
  get isAnswerable(): boolean {
    return !this.response.headersSent && !this.hasHungUp;
  }

  /** Whether the client has gone before its request or the response was complete. */
  get hasHungUp(): boolean {
    const { request, response, socket } = this;
    return this.isOver
      ? this.wasCutOff
      : socket.destroyed || response.destroyed || (request.destroyed && !request.complete);
  }

  /** Adds what the host sends with every response. A response that comes from another process has it already. */
  addHostHeaders(): void {
    if (!this.#hostHeaders) {
      return;
    }
    addHeaderBlock(this.response, this.#hostHeaders, this.requestId);
    this.#hostHeaders = undefined;
  }

  /** Sends the headers for plugins that may serve pages, in place of those for everything else. */
  usePageHeaders(): void {
    const { securityHeaders, pageHeaders } = this.#context;
    if (!this.#hostHeaders) {
      for (const [name] of securityHeaders) {
        this.response.removeHeader(name);
      }
    }
    this.#hostHeaders = pageHeaders;
  }

  /** Answers with an error that the host itself decided upon. Expected, hence not logged. */
  refuse(error: unknown, headers?: ExtraHeaders): void {
    this.#context.responder.send(this, error, headers);
  }

  /**
   * Answers with an error while the code behind the host may be reading the body, and tells whoever reads that there
   * is no more to come.
   */
  refuseBody(error: Error): void {
    this.refuse(error);
    if (this.request.listenerCount('error') > 0) {
      this.request.emit('error', error);
    }
  }

  /** Answers with an error that the code behind the host threw, and logs it as its status deserves. */
  fail(error: unknown): void {
    this.#context.responder.log(this, error);
    this.#context.responder.send(this, error);
  }
}
