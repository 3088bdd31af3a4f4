import type { IncomingMessage } from 'node:http';
import { nodeHttp } from './node-http.ts';
import { bodyTooLarge } from './errors.ts';
import type { Exchange } from './exchange.ts';

/** How large bodies may be, in bytes, where neither the configuration nor the plugin says anything about it. */
export const DEFAULT_BODY_LIMIT = 10 * 1024 * 1024;

const counter = Symbol('bulkhead.bodyCounter');

/** What is needed of an exchange in order to limit its body. */
export type LimitedExchange = Pick<Exchange, 'request' | 'response' | 'awaitsContinue' | 'refuseBody'>;

interface CountedRequest extends IncomingMessage {
  /** What is left of the limit; negative once the body is too large. */
  [counter]?: { left: number; readonly limit: number; readonly exchange: LimitedExchange };
}

/**
 * Lets the body of a request come in, up to `limit` bytes. Called when it is certain that somebody wants the body.
 *
 * @throws PayloadTooLargeError when the declared length is over the limit
 */
export function acceptBody(exchange: LimitedExchange, limit: number): void {
  limitBody(exchange, limit);
  if (exchange.awaitsContinue) {
    exchange.awaitsContinue = false;
    exchange.response.writeContinue();
  }
}

/**
 * Sees to it that the body of a request does not exceed `limit` bytes, whoever reads it.
 *
 * A declared length is checked here; of a chunked body the chunks are counted as they come in, and once there are too
 * many the request is answered and the rest is thrown away. A request without a body costs two look-ups.
 */
function limitBody(exchange: LimitedExchange, limit: number): void {
  const { headers } = exchange.request;
  const declared = headers['content-length'];
  if (declared !== undefined) {
    if (Number(declared) > limit) {
      throw bodyTooLarge(limit);
    }
  } else if (headers['transfer-encoding'] !== undefined && limit !== Infinity) {
    const request: CountedRequest = exchange.request;
    // What came while the credentials were being looked into waits in the request's buffer.
    const left = limit - request.readableLength;
    if (left < 0) {
      throw bodyTooLarge(limit);
    }
    request[counter] = { left, limit, exchange };
    request.push = countingPush;
  }
}

/**
 * Takes the place of `push`, through which the parser hands over each chunk and the end. Once the body is too large,
 * neither gets through: a reader must not take the beginning of a body for all of it.
 */
function countingPush(this: CountedRequest, chunk: unknown, encoding?: BufferEncoding): boolean {
  const state = this[counter]!;
  if (state.left >= 0) {
    state.left -= chunk instanceof Uint8Array ? chunk.length : 0;
    if (state.left >= 0) {
      return nodeHttp.IncomingMessage.prototype.push.call(this, chunk, encoding);
    }
    state.exchange.refuseBody(bodyTooLarge(state.limit));
  }
  // Goes on without a pause, so that the client gets around to reading its answer.
  return true;
}
