import type { IncomingMessage } from 'node:http';

/** Up to how many bytes a body is kept, so that the request can be sent to another replica. */
export const REPLAY_LIMIT = 64 * 1024;

/** The body of a request on its way to a target. Can be read again from its beginning while it is small. */
export class RequestBody {
  readonly #request: IncomingMessage;
  /** What has been read; `undefined` once that is too much to be kept. */
  #kept: Buffer[] | undefined = [];
  #keptBytes = 0;
  #readings = 0;
  #wake: (() => void) | undefined;

  constructor(request: IncomingMessage) {
    this.#request = request;
    const wake = (): void => this.#wakeUp();
    request.on('readable', wake).on('end', wake).on('close', wake).on('error', wake);
  }

  /** Whether a further reading would begin at the beginning. */
  get isReplayable(): boolean {
    return this.#kept !== undefined;
  }

  /** Reads the body from its beginning. An earlier reading that has not come to its end gets no further. */
  async *read(): AsyncGenerator<Buffer, void, undefined> {
    const reading = ++this.#readings;
    this.#wakeUp();
    for (let index = 0; this.#kept && index < this.#kept.length; index++) {
      yield this.#kept[index]!;
      if (reading !== this.#readings) return;
    }
    while (reading === this.#readings) {
      const chunk = this.#request.read() as Buffer | null;
      if (chunk !== null) {
        this.#keep(chunk);
        yield chunk;
      } else if (this.#request.readableEnded) {
        return;
      } else if (this.#request.destroyed) {
        throw new DOMException('The client has hung up', 'AbortError');
      } else {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    }
  }

  #keep(chunk: Buffer): void {
    this.#keptBytes += chunk.length;
    if (this.#keptBytes > REPLAY_LIMIT) {
      this.#kept = undefined;
    } else {
      this.#kept?.push(chunk);
    }
  }

  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}
