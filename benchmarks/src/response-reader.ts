const END_OF_HEAD = Buffer.from('\r\n\r\n');
const NOTHING = Buffer.alloc(0);

/** The line that tells a length, from line break to line break, and where in the head it stands. */
interface LengthLine {
  readonly bytes: Buffer;
  readonly at: number;
  readonly length: number;
}

/**
 * Finds the responses in what a connection brings: those that tell their length, as all do that are measured. Nearly all
 * tell it as the one before did, and leave no garbage: whoever counts microseconds has no time to collect it.
 */
export class ResponseReader {
  readonly #onResponse: (status: number) => void;
  #pending = NOTHING;
  #known: LengthLine | undefined;

  constructor(onResponse: (status: number) => void) {
    this.#onResponse = onResponse;
  }

  /** Takes the next bytes, which may end anywhere, and of which it keeps a copy at most. */
  read(chunk: Buffer): void {
    const bytes = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    let start = 0;
    for (;;) {
      const headEnd = bytes.indexOf(END_OF_HEAD, start);
      if (headEnd === -1) break;
      const end = headEnd + END_OF_HEAD.length + this.#lengthOf(bytes, start, headEnd);
      if (bytes.length < end) break;
      this.#onResponse(statusAt(bytes, start));
      start = end;
    }
    this.#pending = start === bytes.length ? NOTHING : Buffer.from(bytes.subarray(start));
  }

  #lengthOf(bytes: Buffer, start: number, headEnd: number): number {
    const known = this.#known;
    if (known) {
      const from = start + known.at;
      const to = from + known.bytes.length;
      if (to <= headEnd + 2 && bytes.compare(known.bytes, 0, known.bytes.length, from, to) === 0) return known.length;
    }
    this.#known = findLength(bytes.toString('latin1', start, headEnd + 2));
    return this.#known.length;
  }
}

function findLength(head: string): LengthLine {
  const line = /\r\ncontent-length: *(\d+) *\r\n/i.exec(head);
  if (!line) throw new TypeError(`A response does not tell its length:\n${head}`);
  return { bytes: Buffer.from(line[0], 'latin1'), at: line.index, length: Number(line[1]) };
}

/** The three digits behind `HTTP/1.1 `. */
function statusAt(bytes: Buffer, start: number): number {
  const digit = (place: number): number => bytes[start + place]! - 0x30;
  return digit(9) * 100 + digit(10) * 10 + digit(11);
}
