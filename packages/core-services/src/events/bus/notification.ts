/** How much longer than the bus says is waited, in milliseconds: its answer has a way to go. */
const GRACE = 1_000;
const LONGEST_TIMER = 2 ** 31 - 1;

/** The end of a response, by which the bus says that there may be events for a subscription. */
export class Notification {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #patience: number | undefined;

  /** @param timeout - for how many milliseconds the bus holds the response back at most, as a header has it */
  constructor(body: ReadableStream<Uint8Array>, timeout: string | undefined) {
    this.#reader = body.getReader();
    const milliseconds = Number.parseInt(timeout ?? '', 10);
    this.#patience = Number.isNaN(milliseconds) ? undefined : Math.min(milliseconds + GRACE, LONGEST_TIMER);
  }

  /**
   * Waits for it, no longer than the bus said that it may take. Nothing gets lost by not waiting.
   *
   * @throws when the connection breaks
   */
  async wait(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patienceEnds = new Promise<void>((resolve) => {
      if (this.#patience !== undefined) timer = setTimeout(resolve, this.#patience).unref();
    });
    try {
      await Promise.race([this.#readToEnd(), patienceEnds]);
    } finally {
      clearTimeout(timer);
      this.cancel();
    }
  }

  /** Waits no longer: {@link wait} is fulfilled. */
  cancel(): void {
    // Of a stream that has ended or broken there is nothing left to give up.
    this.#reader.cancel().catch(() => {});
  }

  async #readToEnd(): Promise<void> {
    while (!(await this.#reader.read()).done);
  }
}
