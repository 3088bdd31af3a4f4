import { BulkheadError } from '@bulkhead/errors';
import { readingTooSlow, unreachable } from './errors.ts';

/** How long a reading may take, and who may end it. */
export interface ReadingOptions {
  /** Milliseconds. */
  readonly timeout: number;
  /** The caller's. */
  readonly signal?: AbortSignal;
}

/** How {@link Reading.of} goes. */
export interface ReadingOfOptions extends ReadingOptions {
  /** The error to throw for one that arose while reading. Default: {@link Reading.explain}. */
  readonly explain?: (error: unknown, reading: Reading) => unknown;
}

/** The reading of one URL, from the request to the end of the content. */
export class Reading {
  readonly url: URL;
  /** Ends requests and their content: when time is up, when the caller says so, and when the reading has ended. */
  readonly signal: AbortSignal;
  readonly #end = new AbortController();
  readonly #timer: NodeJS.Timeout;

  constructor(url: URL, { timeout, signal }: ReadingOptions) {
    this.url = url;
    this.#timer = setTimeout(() => this.#end.abort(readingTooSlow(url, timeout)), timeout);
    // The sockets keep the process alive for as long as there is something to wait for.
    this.#timer.unref();
    this.signal = signal ? AbortSignal.any([signal, this.#end.signal]) : this.#end.signal;
  }

  /**
   * Reads a URL. What `read` opens goes on with the reading, which otherwise ends here, when it fails.
   *
   * @throws the reason of `signal`; what `explain` makes of what `read` throws
   */
  static async of<T>(url: URL, options: ReadingOfOptions, read: (reading: Reading) => Promise<T>): Promise<T> {
    const { signal, timeout, explain } = options;
    signal?.throwIfAborted();
    const reading = new Reading(url, { timeout, signal });
    try {
      return await read(reading);
    } catch (error) {
      const reason = explain ? explain(error, reading) : reading.explain(error);
      reading.end();
      throw reason;
    }
  }

  /** The error to throw for one that arose while reading. */
  explain(error: unknown): unknown {
    if (error instanceof BulkheadError) return error;
    if (this.signal.aborted) return this.signal.reason;
    // What went wrong with the connection is the cause of fetch's own error.
    return unreachable(this.url, (error as { readonly cause?: unknown }).cause ?? error);
  }

  /** Lets go of the connection, if there is still one. */
  end(): void {
    clearTimeout(this.#timer);
    this.#end.abort();
  }
}
