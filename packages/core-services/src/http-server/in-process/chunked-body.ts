/**
 * Takes the framing off a body of which Node.js did not know the length (RFC 9112, 7.1). Nobody needs it here, but to keep
 * Node.js from writing it would take interfering with each response.
 */
export class ChunkedBody {
  #rest: Buffer = Buffer.alloc(0);
  /** How much of the present chunk is still to come, with the line break behind it. */
  #left = 0;
  #isOver = false;

  /** @returns the pieces of the body in what was written; they are copies */
  take(written: Buffer): readonly Buffer[] {
    const pieces: Buffer[] = [];
    let input = this.#rest.length === 0 ? written : Buffer.concat([this.#rest, written]);
    while (input.length > 0 && !this.#isOver) {
      if (this.#left > 0) {
        const piece = input.subarray(0, Math.max(0, Math.min(this.#left - LINE_BREAK, input.length)));
        if (piece.length > 0) {
          pieces.push(Buffer.from(piece));
        }
        const taken = Math.min(this.#left, input.length);
        this.#left -= taken;
        input = input.subarray(taken);
        continue;
      }
      const end = input.indexOf('\r\n');
      if (end === -1) {
        break;
      }
      const size = parseInt(input.toString('latin1', 0, end), 16);
      input = input.subarray(end + LINE_BREAK);
      // What follows the last chunk are trailers.
      this.#isOver = size === 0;
      this.#left = size + LINE_BREAK;
    }
    this.#rest = this.#isOver ? Buffer.alloc(0) : Buffer.from(input);
    return pieces;
  }
}

const LINE_BREAK = 2;
