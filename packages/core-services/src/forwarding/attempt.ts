import type { Duplex } from 'node:stream';
import type { AttemptFailure, ForwardedRequest } from './forwarded-request.ts';
import type { DirectReceiver, SentRequest } from '../upstreams/direct/direct-request.ts';
import { readResponseHead, type ResponseHead } from './response-head.ts';
import { joinSockets } from './upgraded-sockets.ts';

/** Bodies up to this size are held back until they are complete: until then the request can be repeated. */
const HOLD_LIMIT = 64 * 1024;
/** Bodies up to this size are written as text together with their head, which saves a system call with two buffers. */
const TEXT_LIMIT = 16 * 1024;

/** Statuses that say that the target, or something behind it, is in trouble. */
const FAILED_STATUS: ReadonlySet<number> = new Set([502, 503, 504]);

/** Codes of undici for answers that are no HTTP, those of its parser apart. */
const INVALID_ANSWER: ReadonlySet<string> = new Set([
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
]);
const NOT_SENDABLE: ReadonlySet<string> = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED']);

/**
 * One attempt to have a request answered by one replica: what undici and direct connections call back. The answer goes
 * to the client as it comes, and no faster than the client takes it.
 */
export class Attempt implements DirectReceiver {
  readonly #journey: ForwardedRequest;
  readonly #origin: string;
  readonly #sentAt = performance.now();
  /** What ends a request under way: of undici, and of a direct connection. */
  #abort: (() => void) | undefined;
  #sent: SentRequest | undefined;
  #wasSent = false;
  #isOver = false;
  #head: ResponseHead | undefined;
  /** What has come of a body that is held back. */
  #held: Buffer[] | undefined;
  #resume: (() => void) | undefined;

  constructor(journey: ForwardedRequest, origin: string) {
    const { underWay } = journey.context;
    this.#journey = journey;
    this.#origin = origin;
    underWay.set(origin, (underWay.get(origin) ?? 0) + 1);
  }

  /** Ends the attempt: nobody waits for it any longer. */
  abort(): void {
    if (this.#end()) {
      this.#abort?.();
      this.#sent?.destroy();
    }
  }

  /** The request goes over a direct connection. */
  sentAs(sent: SentRequest): void {
    this.#sent = sent;
  }

  onSent(): void {
    this.#wasSent = true;
  }

  onConnect(abort: () => void): void {
    this.#wasSent = true;
    this.#abort = abort;
    if (this.#isOver) abort();
  }

  onHeaders(status: number, raw: readonly Buffer[], resume: () => void): boolean {
    if (status >= 200) {
      this.onHead(
        status,
        raw.map((part) => part.toString('latin1')),
        resume,
      );
    }
    return true;
  }

  onHead(status: number, headers: readonly string[], resume: () => void): void {
    if (this.#isOver) return;
    const { exchange, context } = this.#journey;
    const head = readResponseHead(status, headers, exchange.requestId);
    context.upstreams.report(this.#origin, head.isUnprocessed ? 'unavailable' : 'answered', this.#sentAt);
    if (this.#isPassedOver(head)) return;
    if (!exchange.isAnswerable) {
      this.abort();
      return;
    }
    this.#head = head;
    this.#resume = resume;
    if (status === 304) {
      // It may tell the length of what it does not bring; undici would wait for that.
      this.#held = [];
      this.onComplete();
    } else if (head.contentLength !== undefined && head.contentLength <= HOLD_LIMIT) {
      this.#held = [];
    } else {
      this.#writeHead(head);
    }
  }

  onData(chunk: Buffer): boolean {
    return this.onChunk(chunk);
  }

  onChunk(chunk: Buffer): boolean {
    if (this.#isOver) return true;
    if (this.#held) {
      this.#held.push(chunk);
      return true;
    }
    const { response } = this.#journey.exchange;
    if (response.write(chunk)) return true;
    response.once('drain', this.#resume!);
    return false;
  }

  onComplete(): void {
    this.onEnd();
  }

  onEnd(): void {
    if (!this.#end()) return;
    const { response } = this.#journey.exchange;
    if (this.#held) {
      this.#writeHeld(this.#head!, this.#held);
    } else {
      response.end();
    }
    this.#journey.complete();
  }

  onUpgrade(status: number, raw: Buffer[], socket: Duplex): void {
    const { exchange, context } = this.#journey;
    context.upstreams.report(this.#origin, 'answered', this.#sentAt);
    if (this.#isOver || !exchange.isAnswerable) {
      socket.destroy();
      this.#end();
      return;
    }
    context.releaseUpgrade(exchange);
    joinSockets(exchange, socket, { status, raw });
    socket.once('close', () => this.#end());
  }

  onError(error: Error & { readonly code?: string }): void {
    this.onFailure(this.#classify(error), error);
  }

  onFailure(failure: AttemptFailure, cause: Error): void {
    if (!this.#end()) return;
    const { upstreams } = this.#journey.context;
    if (failure === 'unprocessed') {
      upstreams.report(this.#origin, 'unavailable', this.#sentAt);
    } else if (this.#journey.isFaultOfTarget(failure)) {
      upstreams.report(this.#origin, 'failed', this.#sentAt);
    }
    this.#journey.fail(failure, cause);
  }

  #isPassedOver(head: ResponseHead): boolean {
    if (head.isUnprocessed) return this.#journey.retry('unprocessed');
    return FAILED_STATUS.has(head.status) && this.#journey.retry('bad-status');
  }

  #classify({ name, code = '' }: Error & { readonly code?: string }): AttemptFailure {
    if (NOT_SENDABLE.has(code)) return 'not-sendable';
    if (!this.#wasSent) return 'not-sent';
    if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') return 'too-slow';
    return name === 'HTTPParserError' || INVALID_ANSWER.has(code) ? 'invalid-answer' : 'broken';
  }

  #writeHead(head: ResponseHead): void {
    const { response } = this.#journey.exchange;
    response.writeHead(head.status, head.headers);
    // With the first part of the body if that is there already, else by itself: events may be long in coming.
    process.nextTick(() => {
      if (!response.headersSent || response.writableLength === 0) response.flushHeaders();
    });
  }

  #writeHeld({ status, headers }: ResponseHead, held: readonly Buffer[]): void {
    const { response } = this.#journey.exchange;
    response.writeHead(status, headers);
    const last = held[held.length - 1];
    if (last === undefined) {
      response.end();
    } else if (held.length === 1 && last.length <= TEXT_LIMIT) {
      response.end(last.toString('latin1'), 'latin1');
    } else {
      for (let index = 0; index < held.length - 1; index++) response.write(held[index]);
      response.end(last);
    }
  }

  /** @returns whether it was not over yet */
  #end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    const { underWay } = this.#journey.context;
    underWay.set(this.#origin, (underWay.get(this.#origin) ?? 1) - 1);
    return true;
  }
}
