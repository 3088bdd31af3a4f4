const END_OF_HEAD = Buffer.from('\r\n\r\n');

/** Finds the responses in what a connection brings: those that tell their length, as all do that are measured. */
export class ResponseReader {
  readonly #onResponse: (status: number) => void;
  #pending: Buffer = Buffer.alloc(0);

  constructor(onResponse: (status: number) => void) {
    this.#onResponse = onResponse;
  }

  /** Takes the next bytes, which may end anywhere. */
  read(chunk: Buffer): void {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    for (;;) {
      const headEnd = this.#pending.indexOf(END_OF_HEAD);
      if (headEnd === -1) return;
      const head = this.#pending.toString('latin1', 0, headEnd);
      const length = /^content-length: *(\d+)/im.exec(head)?.[1];
      if (length === undefined) throw new TypeError(`A response does not tell its length:\n${head}`);
      const end = headEnd + END_OF_HEAD.length + Number(length);
      if (this.#pending.length < end) return;
      this.#pending = this.#pending.subarray(end);
      this.#onResponse(Number(head.slice(9, 12)));
    }
  }
}
