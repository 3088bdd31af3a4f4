import type { Dispatcher } from 'undici';
import { discardRest } from '../http-server/error-responder.ts';
import { malformedRequest } from '../http-server/errors.ts';
import type { Exchange, RemoteWork } from '../http-server/exchange.ts';
import { PLUGIN_PREFIX } from '../http-server/request-target.ts';
import { UNPROCESSED } from '../http-server/unprocessed.ts';
import type { Introduction } from '../upstreams/direct/direct-request.ts';
import { Attempt } from './attempt.ts';
import {
  brokenConnection,
  busyPlugin,
  invalidAnswer,
  slowPlugin,
  unknownTransferCoding,
  unreachablePlugin,
  upgradeWithBody,
} from './errors.ts';
import type { ForwardingContext } from './forwarder.ts';
import type { PluginRoute } from './plugin-routes.ts';
import { REPLAY_LIMIT, RequestBody } from './request-body.ts';

/** Why an attempt has come to nothing. */
export type AttemptFailure =
  /** The target has not seen the request. */
  | 'not-sent'
  /** The same: the target is there, but keeps no connection over which it is safe to send what must not be sent twice. */
  | 'not-kept'
  /** The target has said that it has done nothing about the request. */
  | 'unprocessed'
  /** The connection broke; nobody knows what the target has done. */
  | 'broken'
  /** The target, or something behind it, has failed. */
  | 'bad-status'
  | 'too-slow'
  | 'invalid-answer'
  /** The request itself cannot be sent. */
  | 'not-sendable';

/** Methods of which RFC 9110 (9.2.2) says that repeating them changes nothing. */
const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** One request on its way to a replica of its plugin, and to another one if the first does not take it. */
export class ForwardedRequest implements RemoteWork {
  readonly exchange: Exchange;
  readonly context: ForwardingContext;
  readonly #route: PluginRoute;
  readonly #isIdempotent: boolean;
  /** Nothing, all of it, or what is still coming in. */
  #body: Buffer | RequestBody | null = null;
  /** Of a body that is still coming in, if the client has declared it. */
  #declaredLength: string | undefined;
  /** Header lines for direct connections, once they are made. */
  #lines: string | undefined;
  /** Made when the first attempt has failed, which hardly any does. */
  #tried: Set<string> | undefined;
  #attemptsLeft: number;
  /** A replica that may be about to stop: it keeps no connection, and would answer nevertheless. */
  #lastResort: string | undefined;
  #attempt: Attempt | undefined;

  constructor(context: ForwardingContext, exchange: Exchange, route: PluginRoute) {
    this.context = context;
    this.exchange = exchange;
    this.#route = route;
    this.#isIdempotent = IDEMPOTENT.has(exchange.method);
    // One more than there are replicas: the first may be up again when the last has just gone.
    this.#attemptsLeft = route.origins.length + 1;
  }

  /** Sends the request on its way. */
  start(): void {
    const { exchange } = this;
    const { headers } = exchange.request;
    const length = headers['content-length'];
    const coding = headers['transfer-encoding'];
    const hasBody = coding !== undefined || (length !== undefined && length !== '0');
    exchange.work = this;
    if (exchange.upgradeHead !== undefined && hasBody) {
      exchange.refuse(upgradeWithBody());
    } else if (coding !== undefined && coding.toLowerCase() !== 'chunked') {
      exchange.refuse(unknownTransferCoding(), { Connection: 'close' });
    } else if (!hasBody) {
      this.#sendToNext(undefined);
    } else {
      this.#acceptBody(coding === undefined ? length : undefined);
    }
  }

  /** @param length - as the client declared it; `undefined`: it comes in chunks */
  #acceptBody(length: string | undefined): void {
    const { exchange } = this;
    if (exchange.awaitsContinue) {
      exchange.awaitsContinue = false;
      exchange.response.writeContinue();
    }
    if (length !== undefined && Number(length) <= REPLAY_LIMIT) {
      this.#collectBody();
    } else {
      this.#declaredLength = length;
      this.#body = new RequestBody(exchange.request);
      this.#sendToNext(undefined);
    }
  }

  /** A small body is sent in one piece, with its head, and as often as it takes. */
  #collectBody(): void {
    const chunks: Buffer[] = [];
    this.exchange.request
      .on('data', (chunk: Buffer) => void chunks.push(chunk))
      .on('end', () => {
        this.#body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
        if (this.exchange.isAnswerable) this.#sendToNext(undefined);
      });
  }

  /**
   * Tries another replica after one has failed, if the request can be repeated and a replica is left.
   *
   * @returns whether it does
   */
  retry(failure: AttemptFailure): boolean {
    if (!this.#mayRepeatAfter(failure)) {
      return false;
    }
    const failed = this.exchange.upstream!;
    (this.#tried ??= new Set()).add(failed);
    if (failure === 'not-kept') this.#lastResort = failed;
    const next = this.#pick(failure);
    const origin = next ?? this.#lastResort;
    if (origin === undefined) {
      return false;
    }
    this.#attempt?.abort();
    if (next === undefined) this.#lastResort = undefined;
    this.#send(origin, next === undefined ? 'none' : this.#introduction());
    return true;
  }

  /** Tries another replica, or answers with an error. */
  fail(failure: AttemptFailure, cause: unknown): void {
    const { exchange } = this;
    if (exchange.isOver || exchange.hasHungUp || this.retry(failure)) {
      return;
    }
    if ((failure === 'not-sent' || failure === 'unprocessed') && !exchange.response.headersSent) {
      this.#setRetryHeaders();
    }
    exchange.fail(this.#toError(failure, cause));
  }

  abandon(): void {
    this.#attempt?.abort();
  }

  /** The response is complete. What is left of the request is of no use to anybody. */
  complete(): void {
    if (this.#body instanceof RequestBody) discardRest(this.exchange);
  }

  /**
   * Whether a failure tells that the target is in trouble. That it has not answered in time does not if the client gave
   * it less than this process would have: else anybody could make replicas look as if they were down.
   */
  isFaultOfTarget(failure: AttemptFailure): boolean {
    const { deadline, startedAt, hasHungUp } = this.exchange;
    if (hasHungUp || failure !== 'too-slow') {
      return !hasHungUp && (failure === 'not-sent' || failure === 'broken');
    }
    const { headersTimeout } = this.context.settings;
    return deadline === undefined || (headersTimeout > 0 && deadline - startedAt >= headersTimeout);
  }

  #mayRepeatAfter(failure: AttemptFailure): boolean {
    const { exchange } = this;
    if (exchange.response.headersSent || (this.#body instanceof RequestBody && !this.#body.isReplayable)) {
      return false;
    }
    switch (failure) {
      case 'not-sent':
      case 'not-kept':
      case 'unprocessed':
        return true;
      case 'broken':
      case 'bad-status':
        return this.#isIdempotent;
      default:
        return false;
    }
  }

  #sendToNext(failure: AttemptFailure | undefined): void {
    const origin = this.#pick(failure);
    if (origin === undefined) {
      this.#setRetryHeaders();
      this.exchange.fail(this.#toError('not-sent', undefined));
    } else {
      this.#send(origin, this.#introduction());
    }
  }

  #setRetryHeaders(): void {
    const { response } = this.exchange;
    response.setHeader('Retry-After', '1');
    for (const name in UNPROCESSED) response.setHeader(name, UNPROCESSED[name]!);
  }

  /** The next replica that is not busy; `undefined` when none is left. */
  #pick(failure: AttemptFailure | undefined): string | undefined {
    const { underWay, settings } = this.context;
    while (this.#attemptsLeft > 0) {
      const origin = this.#pickUntried() ?? this.#pickAgain(failure);
      if (origin === undefined) {
        return undefined;
      }
      this.#attemptsLeft -= 1;
      if ((underWay.get(origin) ?? 0) < settings.connections) {
        return origin;
      }
      (this.#tried ??= new Set()).add(origin);
    }
    return undefined;
  }

  #pickUntried(): string | undefined {
    const { origins, isOrdered } = this.#route;
    return isOrdered
      ? origins.find((origin) => !this.#tried?.has(origin))
      : this.context.upstreams.pick(origins, this.#tried);
  }

  /** A connection may break because it had idled for too long, which says nothing about the only replica there is. */
  #pickAgain(failure: AttemptFailure | undefined): string | undefined {
    const { origins } = this.#route;
    if (origins.length === 1 && failure !== 'broken') {
      return undefined;
    }
    this.#tried?.clear();
    return this.#pickUntried();
  }

  /** What must not be sent twice goes over connections on which the replica has answered. The last one may take its time. */
  #introduction(): Introduction {
    if (this.#isIdempotent) return 'none';
    return this.#attemptsLeft === 0 || this.#route.origins.length === 1 ? 'patient' : 'prompt';
  }

  #send(origin: string, introduction: Introduction): void {
    const { exchange, context } = this;
    const replica = this.#route.replicas.get(origin)!;
    const mountLength = PLUGIN_PREFIX.length + exchange.pluginId!.length;
    exchange.upstream = origin;
    const path = toPath(replica.path, exchange.target.slice(mountLength));
    const attempt = new Attempt(this, origin);
    this.#attempt = attempt;
    const body = this.#body instanceof RequestBody ? undefined : this.#body;
    const isWhole = body !== undefined && exchange.upgradeHead === undefined;
    const connections = isWhole ? context.upstreams.connectionsTo(origin) : undefined;
    if (connections) {
      const lines = (this.#lines ??= context.requestHeads.linesOf(exchange));
      const { method, deadline = Infinity } = exchange;
      const { headersTimeout } = context.settings;
      const request = { method, path, lines, body: body!, headersTimeout, deadline, introduction };
      attempt.sentAs(connections.send(request, attempt));
    } else {
      context.upstreams.dispatcherFor(origin).dispatch(this.#toDispatchOptions(path), attempt);
    }
  }

  /** For upgrades, for bodies that are still coming in, and for HTTPS. */
  #toDispatchOptions(path: string): Dispatcher.DispatchOptions {
    const { method, upgradeHead, request } = this.exchange;
    const isUpgrade = upgradeHead !== undefined;
    return {
      path,
      method,
      headers: this.context.requestHeads.headersOf(this.exchange, this.#declaredLength),
      body: this.#body instanceof RequestBody ? (this.#body.read() as never) : this.#body,
      headersTimeout: this.#headersTimeout(),
      upgrade: isUpgrade ? request.headers.upgrade : undefined,
      // undici would end the connection after a HEAD request, in case that a body follows.
      reset: isUpgrade ? undefined : false,
    };
  }

  /** Whoever asked may wait for less long than this process would. */
  #headersTimeout(): number {
    const { deadline } = this.exchange;
    const { headersTimeout } = this.context.settings;
    if (deadline === undefined) return headersTimeout;
    const left = Math.max(1, deadline - performance.now());
    return headersTimeout === 0 ? left : Math.min(headersTimeout, left);
  }

  #toError(failure: AttemptFailure, cause: unknown): Error {
    const pluginId = this.exchange.pluginId!;
    switch (failure) {
      case 'too-slow':
        return slowPlugin(pluginId, cause);
      case 'invalid-answer':
        return invalidAnswer(pluginId, cause);
      case 'broken':
        return brokenConnection(pluginId, cause);
      case 'not-sendable':
        return malformedRequest('it has something in its head that cannot be forwarded', cause);
      default:
        return cause === undefined ? busyPlugin(pluginId) : unreachablePlugin(pluginId, cause);
    }
  }
}

/** @param rest - what follows the plugin's mount in the target */
function toPath(base: string, rest: string): string {
  return base === '' && !rest.startsWith('/') ? `/${rest}` : base + rest;
}
