import { LIVENESS_PATH } from '../../http-server/health-paths.ts';
import { UNPROCESSED_HEADER } from '../../http-server/unprocessed.ts';
import { connectionNotKept, upstreamStops } from '../errors.ts';
import type { DirectFailure, DirectReceiver, DirectRequest, SentRequest } from './direct-request.ts';

/** Costs little to answer, and changes nothing. A process that is not one of ours may know no such path: any answer does. */
const QUESTION = { method: 'GET', path: LIVENESS_PATH, lines: '', body: null, introduction: 'none' } as const;

/** How much of an answer to the question is read. A process that is not one of ours may have a stream at every path. */
const LONGEST_ANSWER = 16 * 1024;

/** What {@link IntroducedRequest} needs of the connections. */
export interface Introducer {
  /** How long an answer to the question may take to begin, and to end, in milliseconds. */
  readonly questionTimeout: number;
  /** Sends the question over a connection of which nobody but the system of the other side may know yet. */
  readonly ask: (question: DirectRequest, receiver: DirectReceiver) => SentRequest;
  /** Sends over a connection on which the other side has answered before; `undefined` when none is free. */
  readonly sendOverKnown: (request: DirectRequest, receiver: DirectReceiver) => SentRequest | undefined;
}

/**
 * A request that must not be sent again if nobody knows what became of it, and for which there is no connection yet.
 *
 * A connection is made by the system of the other side, and is reset with all that was sent over it if the process stops
 * listening, or dies, before it has accepted the connection. So the process is first asked a question over it. Once it has
 * answered, it knows the connection, and a host says goodbye on those that it knows before it closes them. If it ends the
 * connection after its answer, as a host does that is about to stop, the request is not sent.
 */
export class IntroducedRequest implements SentRequest, DirectReceiver {
  readonly #introducer: Introducer;
  readonly #request: DirectRequest;
  readonly #receiver: DirectReceiver;
  /** The question, then the request. */
  #sent: SentRequest;
  #answerLength = 0;
  #answerTimer: NodeJS.Timeout | undefined;

  /** Asks the question. */
  constructor(introducer: Introducer, request: DirectRequest, receiver: DirectReceiver) {
    const { introduction, deadline } = request;
    const headersTimeout = introduction === 'patient' ? request.headersTimeout : introducer.questionTimeout;
    this.#introducer = introducer;
    this.#request = request;
    this.#receiver = receiver;
    this.#sent = introducer.ask({ ...QUESTION, headersTimeout, deadline }, this);
  }

  destroy(): void {
    clearTimeout(this.#answerTimer);
    this.#sent.destroy();
  }

  /** That is the question, of which the receiver knows nothing: the request tells it itself when it is written. */
  onSent(): void {}

  onHead(_status: number, headers: readonly string[]): void {
    if (headers.some((text, index) => index % 2 === 0 && text.toLowerCase() === UNPROCESSED_HEADER)) {
      this.destroy();
      this.#receiver.onFailure('unprocessed', upstreamStops());
    } else {
      const { questionTimeout } = this.#introducer;
      const timeLeft = this.#request.deadline - performance.now();
      this.#answerTimer = setTimeout(() => this.#cutAnswer(), Math.min(questionTimeout, timeLeft)).unref();
    }
  }

  onChunk(chunk: Buffer): boolean {
    this.#answerLength += chunk.length;
    if (this.#answerLength > LONGEST_ANSWER) this.#cutAnswer();
    return true;
  }

  onEnd(): void {
    clearTimeout(this.#answerTimer);
    const sent = this.#introducer.sendOverKnown(this.#request, this.#receiver);
    if (sent) this.#sent = sent;
    else this.#receiver.onFailure('not-kept', connectionNotKept());
  }

  /** The request was not sent, whatever has become of the question. */
  onFailure(failure: DirectFailure, cause: Error): void {
    clearTimeout(this.#answerTimer);
    this.#receiver.onFailure(failure === 'too-slow' && this.#isTooLate() ? 'too-slow' : 'not-sent', cause);
  }

  /** The other side is there, but does not come to an end. */
  #cutAnswer(): void {
    this.destroy();
    this.#receiver.onFailure(this.#isTooLate() ? 'too-slow' : 'not-kept', connectionNotKept());
  }

  #isTooLate(): boolean {
    return performance.now() >= this.#request.deadline;
  }
}
