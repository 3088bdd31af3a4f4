import { writeSync } from 'node:fs';
import { GatheredLines } from './gathered-lines.ts';

/** Standard output, or something like it. */
export type LineStream = NodeJS.WritableStream & {
  readonly fd?: number;
  readonly destroyed?: boolean;
  readonly writableLength?: number;
};

/** Hears of lines that are not written since the reader does not read. */
export interface DropListener {
  /** Called for each of them. */
  onDrop?(): void;
  /** Called once there is room again. What it writes comes after the lines that were kept. */
  onRecovery?(count: number): void;
}

/** Bytes that may wait for a reader that does not read; what comes then is dropped. */
const MAX_WAITING = 32 * 1024 * 1024;

/** For how long lines are gathered that need not be seen at once. */
const GATHERING_MS = 10;

/** For how long the process may be kept from exiting by a reader that does not read. */
const EXIT_PATIENCE_MS = 1000;
const EXIT_PAUSE_MS = 5;

/**
 * Writes lines to a stream in the order in which they come, and loses none when the process exits.
 *
 * Standard output takes lines at once as long as its reader keeps up. When it does not, a pipe takes them later, and
 * `process.exit` would lose them: so at most one chunk is in the stream's hands, the rest waits here, and what is left
 * is written synchronously in the end. A reader that goes away (`host | head`) ends the writing, not the process; for one
 * that does not read, lines are kept up to a limit, and those beyond it are dropped and counted.
 */
export class LineWriter {
  readonly #stream: LineStream;
  readonly #drops: DropListener;
  readonly #onExit = (): void => this.#writeRest();
  #inFlight: Buffer | undefined;
  /** The last ones of the lines that wait. */
  readonly #gathered = new GatheredLines();
  #gathering: NodeJS.Timeout | undefined;
  /** Those before them. */
  #waiting: Buffer[] = [];
  #waitingLength = 0;
  #unreported = 0;
  #flushed: (() => void)[] = [];
  #isBroken = false;

  constructor(stream: LineStream, drops: DropListener = {}) {
    this.#stream = stream;
    this.#drops = drops;
    // Without a listener, an error of standard output would be an uncaught exception.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A full disk may have room again; a pipe that was closed stays closed.
      if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') this.#giveUp();
    });
  }

  /** Writes a line, without its end, at once or as soon as those before it have been written. */
  write(line: string): void {
    if (this.#take(line) && this.#inFlight === undefined) this.#sendAll();
  }

  /** Writes a line, without its end, together with those that come within a moment. */
  writeSoon(line: string): void {
    if (!this.#take(line) || this.#inFlight !== undefined) return;
    if (this.#waitingLength > 0) {
      this.#sendAll();
    } else if (this.#gathering === undefined) {
      this.#gathering = setTimeout(() => this.#sendAll(), GATHERING_MS);
      process.on('exit', this.#onExit);
    }
  }

  /** Resolves once everything written so far has left the process, or never will. */
  flush(): Promise<void> {
    if (this.#gathering !== undefined) this.#sendAll();
    return this.#inFlight === undefined ? Promise.resolve() : new Promise((resolve) => this.#flushed.push(resolve));
  }

  /** @returns whether the line will be written */
  #take(line: string): boolean {
    if (this.#isBroken || this.#stream.destroyed) return false;
    if (this.#waitingLength >= MAX_WAITING) {
      this.#unreported += 1;
      this.#drops.onDrop?.();
      return false;
    }
    if (!this.#gathered.add(line)) {
      this.#packGathered();
      this.#keep(Buffer.from(`${line}\n`));
    } else if (this.#gathered.isEnough) {
      this.#packGathered();
    }
    return true;
  }

  #packGathered(): void {
    if (!this.#gathered.isEmpty) this.#keep(this.#gathered.take());
  }

  #keep(bytes: Buffer): void {
    this.#waiting.push(bytes);
    this.#waitingLength += bytes.length;
  }

  /** Everything that waits, which waits no more. */
  #takeWaiting(): Buffer {
    this.#stopGathering();
    this.#packGathered();
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waitingLength = 0;
    return waiting.length === 1 ? waiting[0]! : Buffer.concat(waiting);
  }

  #stopGathering(): void {
    if (this.#gathering === undefined) return;
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    process.off('exit', this.#onExit);
  }

  #sendAll(): void {
    const chunk = this.#takeWaiting();
    this.#stream.write(chunk, () => {
      if (this.#inFlight === chunk) this.#sent();
    });
    // Nothing left in the stream's buffer: it has gone out already.
    if (this.#stream.writableLength === 0) return;
    if (this.#inFlight === undefined) process.on('exit', this.#onExit);
    this.#inFlight = chunk;
  }

  #sent(): void {
    if (!this.#gathered.isEmpty || this.#waitingLength > 0) {
      this.#sendAll();
      this.#reportDropped();
      if (this.#stream.writableLength !== 0) return;
    }
    this.#settle();
  }

  /** What is said about it is the next line. */
  #reportDropped(): void {
    const count = this.#unreported;
    this.#unreported = 0;
    if (count > 0) this.#drops.onRecovery?.(count);
  }

  #settle(): void {
    process.off('exit', this.#onExit);
    this.#inFlight = undefined;
    const flushed = this.#flushed;
    this.#flushed = [];
    for (const resolve of flushed) resolve();
    if (!this.#gathered.isEmpty) this.#sendAll();
  }

  #giveUp(): void {
    this.#isBroken = true;
    this.#takeWaiting();
    this.#settle();
  }

  /** The process exits: nothing asynchronous happens any more. */
  #writeRest(): void {
    // The stream takes as much as it can at once.
    if (this.#inFlight === undefined) this.#sendAll();
    const { fd } = this.#stream;
    if (fd === undefined || this.#inFlight === undefined) return;
    writeAllSync(fd, Buffer.concat([unsentPart(this.#stream, this.#inFlight), this.#takeWaiting()]));
  }
}

/** What of a chunk the operating system has not taken yet. */
function unsentPart(stream: LineStream, chunk: Buffer): Buffer {
  // The only place that knows it is not public.
  const { _handle: handle } = stream as { _handle?: { writeQueueSize?: number } | null };
  const unsent = handle?.writeQueueSize ?? 0;
  return chunk.subarray(Math.max(0, chunk.length - unsent));
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
