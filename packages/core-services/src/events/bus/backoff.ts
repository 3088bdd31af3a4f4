/** How long to wait after failures. Times are in milliseconds. */
export interface BackoffOptions {
  /** After the first one. Twice as long after each further one. */
  readonly first: number;
  /** At most. */
  readonly longest: number;
}

const DEFAULT_BACKOFF: BackoffOptions = { first: 1_000, longest: 60_000 };

/** Waits after failures, the longer the more of them there were. */
export class Backoff {
  readonly #options: BackoffOptions;
  #failures = 0;
  #endPause: (() => void) | undefined;
  #isStopped = false;

  constructor(options: BackoffOptions = DEFAULT_BACKOFF) {
    this.#options = options;
  }

  /** How many there were one after the other. */
  get failures(): number {
    return this.#failures;
  }

  /** Something has succeeded. */
  reset(): void {
    this.#failures = 0;
  }

  /** Something has failed. @param announce - told for how long it waits */
  async pause(announce: (milliseconds: number) => void): Promise<void> {
    const { first, longest } = this.#options;
    const milliseconds = Math.min(longest, first * 2 ** this.#failures);
    this.#failures += 1;
    announce(milliseconds);
    if (this.#isStopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds).unref();
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#endPause = undefined;
  }

  /** Ends all waiting, now and later. */
  stop(): void {
    this.#isStopped = true;
    this.#endPause?.();
  }
}
