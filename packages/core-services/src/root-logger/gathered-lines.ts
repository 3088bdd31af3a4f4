/** How many bytes are gathered at most, one line more or less. */
const ENOUGH = 32 * 1024;
const ROOM = 2 * ENOUGH;
/** A character of a string takes no more bytes. */
const MOST_BYTES = 3;
const LINE_FEED = 0x0a;

/**
 * Lines with their ends, as bytes in one and the same place: a text that is put together of many stays a tree of its pieces
 * until it is written, which costs more than to copy them, and all of them would live until then.
 */
export class GatheredLines {
  #bytes: Buffer | undefined;
  #length = 0;

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  get isEnough(): boolean {
    return this.#length >= ENOUGH;
  }

  /** Adds a line, without its end. @returns `false` if there may be no room for it, which is so for very long lines */
  add(line: string): boolean {
    if (this.#length + MOST_BYTES * line.length >= ROOM) return false;
    const bytes = (this.#bytes ??= Buffer.allocUnsafeSlow(ROOM));
    this.#length += bytes.write(line, this.#length);
    bytes[this.#length++] = LINE_FEED;
    return true;
  }

  /** The bytes of the lines, which are gathered no more. */
  take(): Buffer {
    const bytes = Buffer.from(this.#bytes?.subarray(0, this.#length) ?? []);
    this.#length = 0;
    return bytes;
  }
}
