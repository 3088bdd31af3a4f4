import { invalidResponse } from '../errors.ts';

/** Takes the data of the chunks. */
export type OnData = (data: Buffer) => void;

const CR = 0x0d;
const LF = 0x0a;
/** How long the line with the size of a chunk may be, extensions included, and all trailers together. */
const MAX_LINE = 4 * 1024;
const MAX_TRAILERS = 16 * 1024;
const SIZE = /^([0-9a-f]{1,12})(?:[ \t]*;[\t -~\x80-\xff]*)?$/i;

type State = 'size' | 'data' | 'data-end' | 'trailers' | 'done';

/** Reads a body in chunks (RFC 9112, 7.1). Extensions and trailers are dropped. */
export class ChunkReader {
  readonly #onData: OnData;
  #state: State = 'size';
  /** The part of a line that has come; lines may come in pieces. */
  #line = '';
  /** What is left of the chunk, or of the line break after it. */
  #left = 0;
  #trailerBytes = 0;

  constructor(onData: OnData) {
    this.#onData = onData;
  }

  get isDone(): boolean {
    return this.#state === 'done';
  }

  /**
   * Reads on.
   *
   * @returns how many bytes belong to the body; fewer than there are only at its end
   * @throws BulkheadError `ERR_UPSTREAM_RESPONSE`
   */
  read(bytes: Buffer): number {
    let at = 0;
    while (at < bytes.length && this.#state !== 'done') {
      switch (this.#state) {
        case 'size':
          at = this.#readSize(bytes, at);
          break;
        case 'data':
          at = this.#readData(bytes, at);
          break;
        case 'data-end':
          at = this.#readDataEnd(bytes, at);
          break;
        case 'trailers':
          at = this.#readTrailer(bytes, at);
          break;
      }
    }
    return at;
  }

  #readSize(bytes: Buffer, at: number): number {
    const end = this.#readLine(bytes, at, MAX_LINE);
    const line = this.#takeLine();
    if (line === undefined) return end;
    const size = SIZE.exec(line)?.[1];
    if (size === undefined) throw invalidResponse('the size of a chunk is malformed');
    this.#left = Number.parseInt(size, 16);
    this.#state = this.#left === 0 ? 'trailers' : 'data';
    return end;
  }

  #readData(bytes: Buffer, at: number): number {
    const data = bytes.subarray(at, at + this.#left);
    this.#left -= data.length;
    if (this.#left === 0) {
      this.#state = 'data-end';
      this.#left = 2;
    }
    this.#onData(data);
    return at + data.length;
  }

  #readDataEnd(bytes: Buffer, at: number): number {
    if (bytes[at] !== (this.#left === 2 ? CR : LF)) throw invalidResponse('a chunk is longer than its size');
    this.#left -= 1;
    if (this.#left === 0) this.#state = 'size';
    return at + 1;
  }

  #readTrailer(bytes: Buffer, at: number): number {
    const end = this.#readLine(bytes, at, MAX_TRAILERS);
    this.#trailerBytes += end - at;
    if (this.#trailerBytes > MAX_TRAILERS) throw invalidResponse('its trailers are too long');
    if (this.#takeLine() === '') this.#state = 'done';
    return end;
  }

  #readLine(bytes: Buffer, at: number, limit: number): number {
    const lineEnd = bytes.indexOf(LF, at);
    const end = lineEnd === -1 ? bytes.length : lineEnd + 1;
    this.#line += bytes.toString('latin1', at, end);
    if (this.#line.length > limit) throw invalidResponse('a line of its body is too long');
    return end;
  }

  /** The line, once it is complete, without its end. */
  #takeLine(): string | undefined {
    if (!this.#line.endsWith('\n')) return undefined;
    if (!this.#line.endsWith('\r\n')) throw invalidResponse('a line of its body does not end with CR and LF');
    const line = this.#line.slice(0, -2);
    this.#line = '';
    return line;
  }
}
