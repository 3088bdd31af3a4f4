import { writeSync } from 'node:fs';

/** Standard output, or something like it. */
export type LineStream = NodeJS.WritableStream & {
  readonly fd?: number;
  readonly destroyed?: boolean;
  readonly writableLength?: number;
};

/** Characters that may wait for a reader that does not read; what comes then is dropped. */
const MAX_WAITING = 64 * 1024 * 1024;

/** For how long the process may be kept from exiting by a reader that does not read. */
const EXIT_PATIENCE_MS = 1000;
const EXIT_PAUSE_MS = 5;

/**
 * Writes lines to a stream as soon as they come, and loses none when the process exits.
 *
 * Standard output takes lines at once as long as its reader keeps up. When it does not, a pipe takes them later, and
 * `process.exit` would lose them: so at most one chunk is in the stream's hands, the rest waits here, and what is left
 * is written synchronously in the end. A reader that goes away (`host | head`) ends the writing, not the process.
 */
export class LineWriter {
  readonly #stream: LineStream;
  readonly #onExit = (): void => this.#writeRest();
  #inFlight: string | undefined;
  #waiting: string[] = [];
  #waitingLength = 0;
  #flushed: (() => void)[] = [];
  #isBroken = false;

  constructor(stream: LineStream) {
    this.#stream = stream;
    // Without a listener, an error of standard output would be an uncaught exception.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A full disk may have room again; a pipe that was closed stays closed.
      if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') this.#giveUp();
    });
  }

  /** Writes a line, without its end. */
  write(line: string): void {
    if (this.#isBroken || this.#stream.destroyed) return;
    if (this.#inFlight === undefined) {
      this.#send(`${line}\n`);
    } else if (this.#waitingLength < MAX_WAITING) {
      this.#waiting.push(line);
      this.#waitingLength += line.length;
    }
  }

  /** Resolves once everything written so far has left the process, or never will. */
  flush(): Promise<void> {
    return this.#inFlight === undefined ? Promise.resolve() : new Promise((resolve) => this.#flushed.push(resolve));
  }

  #send(chunk: string): void {
    this.#stream.write(chunk, () => {
      if (this.#inFlight === chunk) this.#sent();
    });
    // Nothing left in the stream's buffer: it has gone out already.
    if (this.#stream.writableLength === 0) return;
    if (this.#inFlight === undefined) process.on('exit', this.#onExit);
    this.#inFlight = chunk;
  }

  #sent(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waitingLength = 0;
    if (waiting.length > 0) {
      this.#send(`${waiting.join('\n')}\n`);
      if (this.#stream.writableLength !== 0) return;
    }
    this.#settle();
  }

  #settle(): void {
    process.off('exit', this.#onExit);
    this.#inFlight = undefined;
    const flushed = this.#flushed;
    this.#flushed = [];
    for (const resolve of flushed) resolve();
  }

  #giveUp(): void {
    this.#isBroken = true;
    this.#waiting = [];
    this.#settle();
  }

  /** The process exits: nothing asynchronous happens any more. */
  #writeRest(): void {
    const { fd } = this.#stream;
    if (fd === undefined || this.#inFlight === undefined) return;
    const waiting = this.#waiting.map((line) => `${line}\n`).join('');
    writeAllSync(fd, Buffer.concat([unsentPart(this.#stream, this.#inFlight), Buffer.from(waiting)]));
  }
}

/** What of a chunk the operating system has not taken yet. */
function unsentPart(stream: LineStream, chunk: string): Buffer {
  const bytes = Buffer.from(chunk);
  // The only place that knows it is not public.
  const { _handle: handle } = stream as { _handle?: { writeQueueSize?: number } | null };
  const unsent = handle?.writeQueueSize ?? 0;
  return bytes.subarray(Math.max(0, bytes.length - unsent));
}

function writeAllSync(fd: number, bytes: Buffer): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  let patience = EXIT_PATIENCE_MS;
  let rest = bytes;
  while (rest.length > 0 && patience > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
      patience = EXIT_PATIENCE_MS;
    } catch (error) {
      // The pipe is full; whoever reads it gets some time.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      Atomics.wait(pause, 0, 0, EXIT_PAUSE_MS);
      patience -= EXIT_PAUSE_MS;
    }
  }
}
