import { responseCutOff } from '../errors.ts';
import { ChunkedBody } from './chunked-body.ts';
import type { InProcessSocket, ResponseReceiver } from './in-process-socket.ts';
import { cutHead } from './response-head.ts';

/** How much of a body is kept for a reader who has not come for it yet; about what connections keep. */
const HIGH_WATER_MARK = 64 * 1024;
/** How much of a body that nobody wants is waited for. */
const DISCARD_LIMIT = 128 * 1024;

/** A response from within the process, as its caller sees it. The counterpart of what `undici` gives. */
export class InProcessResponse implements ResponseReceiver {
  status = 0;
  headers: Record<string, string> = {};
  /** Fulfilled once the head is there. */
  readonly hasBegun: Promise<void>;
  #socket: InProcessSocket | undefined;
  #mode: 'waiting' | 'gathering' | 'discarding' = 'waiting';
  #beginning = '';
  /** Present where Node.js writes the body in chunks. */
  #chunked: ChunkedBody | undefined;
  #chunks: (Buffer | string)[] = [];
  #kept = 0;
  #received = 0;
  #release: (() => void) | undefined;
  #isComplete = false;
  #error: Error | undefined;
  #wake: (() => void) | undefined;
  #begin!: () => void;
  #fail!: (error: Error) => void;

  constructor() {
    this.hasBegun = new Promise((resolve, reject) => {
      this.#begin = resolve;
      this.#fail = reject;
    });
  }

  /** @param socket - what the response comes from; destroyed when the caller hangs up */
  attach(socket: InProcessSocket): void {
    this.#socket = socket;
  }

  receive(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    const body = this.status === 0 ? this.#takeHead(chunk) : chunk;
    if (body.length > 0) {
      this.#take(body, encoding);
    }
    if (this.#mode === 'waiting' && this.#kept > HIGH_WATER_MARK) {
      this.#release = done;
    } else {
      done();
    }
  }

  /** The response is complete. @param isBodiless - whether it announces a body that it does not have */
  complete(isBodiless: boolean): void {
    const announced = this.headers['content-length'];
    if (!isBodiless && announced !== undefined && Number(announced) !== this.#received) {
      this.abort(responseCutOff());
      return;
    }
    this.#isComplete = true;
    this.#wakeUp();
  }

  close(): void {
    if (!this.#isComplete) {
      this.abort(responseCutOff());
    }
  }

  /** The caller hangs up, or there is no way to go on. */
  abort(reason: Error): void {
    if (this.#isComplete || this.#error) {
      return;
    }
    this.#error = reason;
    this.#chunks = [];
    this.#fail(reason);
    this.#wakeUp();
    this.#releaseWriter();
    this.#socket?.destroy();
  }

  async text(): Promise<string> {
    this.#mode = 'gathering';
    this.#releaseWriter();
    while (!this.#isComplete) {
      await this.#next();
    }
    const chunks = this.#chunks;
    const isText = chunks.every((chunk) => typeof chunk === 'string');
    const text = isText ? chunks.join('') : Buffer.concat(chunks.map(toBuffer)).toString('utf8');
    return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
  }

  stream(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          while (this.#chunks.length === 0 && !this.#isComplete) {
            await this.#next();
          }
          const chunk = this.#chunks.shift();
          if (chunk === undefined) {
            controller.close();
            return;
          }
          const bytes = toBuffer(chunk);
          this.#kept -= bytes.length;
          controller.enqueue(bytes);
          if (this.#kept <= HIGH_WATER_MARK) {
            this.#releaseWriter();
          }
        },
        cancel: () => this.abort(responseCutOff()),
      },
      { highWaterMark: 0 },
    );
  }

  discard(): void {
    this.#mode = 'discarding';
    this.#chunks = [];
    this.#kept = 0;
    this.#releaseWriter();
  }

  #takeHead(chunk: Buffer | string): Buffer | string {
    // Node.js writes a head as text of one byte per character, together with a body that is a text.
    this.#beginning += typeof chunk === 'string' ? chunk : chunk.toString('latin1');
    const cut = cutHead(this.#beginning);
    if (!cut) {
      return '';
    }
    this.status = cut.head.status;
    this.headers = cut.head.headers;
    this.#beginning = '';
    if (cut.head.headers['transfer-encoding'] !== undefined) {
      this.#chunked = new ChunkedBody();
    }
    this.#begin();
    return cut.rest === '' ? '' : typeof chunk === 'string' ? cut.rest : chunk.subarray(chunk.length - cut.rest.length);
  }

  #take(chunk: Buffer | string, encoding: BufferEncoding): void {
    if (this.#chunked) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
      this.#chunked.take(bytes).forEach((piece) => this.#keep(piece));
    } else if (typeof chunk === 'string') {
      this.#keep(isUtf8(encoding) ? chunk : Buffer.from(chunk, encoding));
    } else {
      // What the other side holds it may still write into.
      this.#keep(Buffer.from(chunk));
    }
  }

  #keep(chunk: Buffer | string): void {
    const size = typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length;
    this.#received += size;
    if (this.#mode !== 'discarding') {
      this.#chunks.push(chunk);
      this.#kept += size;
      this.#wakeUp();
    } else if (this.#received > DISCARD_LIMIT) {
      this.abort(responseCutOff());
    }
  }

  /** Waits until something has happened. @throws when there is nothing more to come, and should be */
  async #next(): Promise<void> {
    if (!this.#error) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#error) {
      throw this.#error;
    }
  }

  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }

  #releaseWriter(): void {
    const release = this.#release;
    this.#release = undefined;
    release?.();
  }
}

const BYTE_ORDER_MARK = 0xfeff;

function isUtf8(encoding: string | undefined): boolean {
  return encoding === undefined || encoding === 'utf8' || encoding === 'utf-8';
}

function toBuffer(chunk: Buffer | string): Buffer {
  return typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
