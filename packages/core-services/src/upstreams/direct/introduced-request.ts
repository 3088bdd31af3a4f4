import { UNPROCESSED_HEADER } from '../../http-server/unprocessed.ts';
import { upstreamStops } from '../errors.ts';
import type { DirectFailure, DirectReceiver, DirectRequest, SentRequest } from './direct-request.ts';

/** Costs little to answer, and changes nothing. A process that is not one of ours may know no such path: any answer does. */
const QUESTION = {
  method: 'GET',
  path: '/.bulkhead/health/liveness',
  lines: '',
  body: null,
  isRepeatable: true,
} as const;

/** What {@link IntroducedRequest} needs of the connections. */
export interface Introducer {
  /** Sends over a connection on which the other side has answered before; `undefined` when none is free. */
  sendOverKnown(request: DirectRequest, receiver: DirectReceiver): SentRequest | undefined;
  /** Sends over a connection of which nobody but the system of the other side may know yet. */
  sendOverNew(request: DirectRequest, receiver: DirectReceiver): SentRequest;
}

/**
 * A request that must not be sent again if nobody knows what became of it, and for which there is no connection yet.
 *
 * A connection is made by the system of the other side, and is reset with all that was sent over it if the process stops
 * listening, or dies, before it has accepted the connection. So the process is first asked a question over it. Once it has
 * answered, it knows the connection, and a host says goodbye on those that it knows before it closes them.
 */
export class IntroducedRequest implements SentRequest, DirectReceiver {
  readonly #connections: Introducer;
  readonly #request: DirectRequest;
  readonly #receiver: DirectReceiver;
  readonly #begunAt = performance.now();
  /** The question, then the request. */
  #sent: SentRequest;
  #isRefused = false;

  /** Asks the question. */
  constructor(connections: Introducer, request: DirectRequest, receiver: DirectReceiver) {
    this.#connections = connections;
    this.#request = request;
    this.#receiver = receiver;
    this.#sent = connections.sendOverNew({ ...QUESTION, headersTimeout: request.headersTimeout }, this);
  }

  destroy(): void {
    this.#sent.destroy();
  }

  onSent(): void {}

  onHead(_status: number, headers: readonly string[]): void {
    this.#isRefused = headers.some((text, index) => index % 2 === 0 && text.toLowerCase() === UNPROCESSED_HEADER);
  }

  onChunk(): boolean {
    return true;
  }

  onEnd(): void {
    if (this.#isRefused) {
      this.#receiver.onFailure('unprocessed', upstreamStops());
      return;
    }
    const request = { ...this.#request, headersTimeout: this.#timeLeft() };
    this.#sent =
      this.#connections.sendOverKnown(request, this.#receiver) ??
      // The other side ends each connection after one answer: it can say no more of a new one.
      this.#connections.sendOverNew(request, this.#receiver);
  }

  /** The request was not sent, whatever has become of the question. */
  onFailure(failure: DirectFailure, cause: Error): void {
    this.#receiver.onFailure(failure === 'broken' ? 'not-sent' : failure, cause);
  }

  #timeLeft(): number {
    const { headersTimeout } = this.#request;
    return headersTimeout === 0 ? 0 : Math.max(1, headersTimeout - (performance.now() - this.#begunAt));
  }
}
