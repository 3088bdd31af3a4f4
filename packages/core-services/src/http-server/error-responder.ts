import { describeThrown, isErrorLike, statusCodeOf, toErrorBody } from '@bulkhead/errors';
import type { Exchange } from './exchange.ts';
import { toLoggedTarget } from './logged-target.ts';

/** Headers that belong to an error, such as `retry-after`. */
export type ExtraHeaders = Readonly<Record<string, string>>;

/** What a handler may have set for the response that now will not be sent. */
const HEADERS_OF_A_BODY = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-range',
  'etag',
  'last-modified',
  'trailer',
  'transfer-encoding',
] as const;

/** How long a client may go on sending a body that nobody wants. Cutting it off at once would lose the response. */
const LINGER_MILLISECONDS = 2_000;

/** Turns errors into responses. The only place that does. */
export class ErrorResponder {
  readonly #development: boolean;

  /** @param development - show messages and causes of unexpected errors */
  constructor(development: boolean) {
    this.#development = development;
  }

  /** The response body for an error, as text. */
  bodyOf(error: unknown, requestId: string, request?: { readonly method: string; readonly url: string }): string {
    return JSON.stringify(toErrorBody(error, { request, requestId, development: this.#development }));
  }

  /**
   * Answers with an error.
   *
   * A response that has begun can only be broken off, so that the client does not take it for a whole one.
   */
  send(exchange: Exchange, error: unknown, headers?: ExtraHeaders): void {
    const { response } = exchange;
    if (!exchange.isAnswerable) {
      if (!response.writableEnded) {
        response.destroy();
      }
      return;
    }
    try {
      this.#answer(exchange, error, headers);
    } catch (fault) {
      // Handlers may have put methods of their own into the response. Those must not bring the process down.
      exchange.logger.error(
        `${describeRequest(exchange)} could not be answered; the connection is closed`,
        detailsOf(fault),
      );
      response.destroy();
    }
  }

  #answer(exchange: Exchange, error: unknown, headers?: ExtraHeaders): void {
    const { request, response } = exchange;
    exchange.addHostHeaders();
    const status = statusCodeOf(error);
    for (const name of HEADERS_OF_A_BODY) {
      response.removeHeader(name);
    }
    setExtraHeaders(exchange, status, headers);
    response.statusCode = status;
    // The one that belongs to the status. A handler's own may be what Node.js has just refused to send.
    response.statusMessage = '';
    discardRest(exchange);
    if (status < 400) {
      response.end();
      return;
    }
    const body = this.bodyOf(error, exchange.requestId, { method: exchange.method, url: exchange.target });
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Content-Length', Buffer.byteLength(body));
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  /** Logs an error: unexpected ones and broken responses as errors, other 5xx as warnings, the rest for debugging. */
  log(exchange: Exchange, error: unknown): void {
    const status = statusCodeOf(error);
    const { response, logger } = exchange;
    const what = `${describeRequest(exchange)} failed with status ${status}`;
    const details = detailsOf(error);
    if (exchange.hasHungUp) {
      logger.debug(`${what}: the client has hung up`, details);
    } else if (response.headersSent && !response.writableEnded) {
      logger.error(`${what} after its response had begun; the connection is closed`, details);
    } else if (status === 500) {
      logger.error(what, details);
    } else if (status > 500) {
      logger.warn(what, details);
    } else {
      logger.debug(what, details);
    }
  }
}

function describeRequest({ method, target, requestId }: Exchange): string {
  return `${method} ${toLoggedTarget(target)} (request ${requestId})`;
}

function detailsOf(error: unknown): Error | { readonly thrown: string } {
  return isErrorLike(error) ? error : { thrown: describeThrown(error) };
}

function setExtraHeaders({ response, awaitsContinue }: Exchange, status: number, headers?: ExtraHeaders): void {
  if (awaitsContinue) {
    // The client may or may not send the body that it was not asked for; only an end of the connection is clear.
    response.setHeader('Connection', 'close');
  }
  if (status === 401) {
    response.setHeader('WWW-Authenticate', 'Bearer');
  }
  for (const name in headers) {
    response.setHeader(name, headers[name]!);
  }
}

/** Lets the client finish sending what it has begun to send, for a while. */
export function discardRest({ request, response, socket }: Exchange): void {
  if (request.complete) {
    return;
  }
  request.unpipe();
  request.resume();
  response.once('finish', () => {
    if (!request.complete && !socket.destroyed) {
      const timer = setTimeout(() => void (request.complete || socket.destroy()), LINGER_MILLISECONDS).unref();
      const stop = (): void => {
        clearTimeout(timer);
        socket.off('close', stop);
      };
      request.once('end', stop);
      socket.once('close', stop);
    }
  });
}
