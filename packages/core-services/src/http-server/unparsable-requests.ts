import type { Duplex } from 'node:stream';
import { statusCodeOf, type HttpError } from '@bulkhead/errors';
import type { AccessLogService } from './access-log.ts';
import type { ErrorResponder } from './error-responder.ts';
import { headersTooLarge, malformedRequest, requestTooSlow, shuttingDown } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { latestExchange } from './requests-under-way.ts';
import { requestIdOf } from './request-id.ts';
import { endWithResponse } from './raw-response.ts';
import type { HeaderBlock } from './security-headers.ts';
import { UNPROCESSED } from './unprocessed.ts';

/** What {@link UnparsableRequests} needs. */
export interface UnparsableRequestsContext {
  readonly responder: ErrorResponder;
  readonly accessLog: AccessLogService;
  readonly securityHeaders: HeaderBlock;
}

/** Answers what the HTTP parser refuses: garbage, too many headers, requests that arrive too slowly. */
export class UnparsableRequests {
  readonly #context: UnparsableRequestsContext;
  /** A parser that has failed fails again for each further chunk. */
  readonly #answered = new WeakSet<Duplex>();

  constructor(context: UnparsableRequestsContext) {
    this.#context = context;
  }

  /** For the `clientError` event of a server. */
  handle(cause: NodeJS.ErrnoException, socket: Duplex): void {
    if (this.#answered.has(socket)) {
      return;
    }
    this.#answered.add(socket);
    if (cause.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const exchange = latestExchange(socket);
    if (!exchange) {
      this.#answer(socket, toHttpError(cause));
    } else if (cause.code === 'HPE_INVALID_EOF_STATE') {
      // The client has hung up in the middle of its request.
      socket.destroy();
    } else if (exchange.request.complete) {
      // The fault is in what follows a good request. That one gets its answer, and then the connection ends.
      endAfter(exchange);
    } else {
      endAfter(exchange);
      exchange.refuseBody(toHttpError(cause));
    }
  }

  #answer(socket: Duplex, error: HttpError): void {
    const { accessLog, responder, securityHeaders } = this.#context;
    const requestId = requestIdOf({});
    const status = statusCodeOf(error);
    const body = responder.bodyOf(error, requestId);
    endWithResponse(socket, { status, body, headers: [...securityHeaders, ['X-Request-Id', requestId]] });
    // Nothing is known of the request: it never became one.
    accessLog.record({ method: '-', url: '-', status, duration: 0, bytes: body.length, requestId });
  }
}

/**
 * Ends a connection with the refusal of a request that has not come, or that crosses it: whoever has sent one learns that
 * it was not processed. RFC 9110 (15.5.9) has servers do so with status 408.
 */
export function sayGoodbye(socket: Duplex, responder: ErrorResponder, securityHeaders: HeaderBlock): void {
  const error = shuttingDown();
  const requestId = requestIdOf({});
  const headers = Object.entries({ ...UNPROCESSED, 'Retry-After': '1', 'X-Request-Id': requestId });
  const body = responder.bodyOf(error, requestId);
  endWithResponse(socket, { status: statusCodeOf(error), body, headers: [...securityHeaders, ...headers] });
}

function endAfter({ response, socket }: Exchange): void {
  if (!response.headersSent) {
    response.setHeader('Connection', 'close');
  }
  response.once('close', () => socket.end());
}

function toHttpError(cause: NodeJS.ErrnoException): HttpError {
  switch (cause.code) {
    case 'HPE_HEADER_OVERFLOW':
      return headersTooLarge(cause);
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return requestTooSlow(cause);
    default:
      return malformedRequest((cause as { reason?: string }).reason ?? cause.code ?? 'it cannot be parsed', cause);
  }
}
