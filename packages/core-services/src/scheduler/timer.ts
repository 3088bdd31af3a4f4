/** setTimeout takes no more than 2^31 - 1 milliseconds, some 24 days. */
const MAX_TIMEOUT = 2 ** 31 - 1;

/** Calls a function once, after any time. Does not keep the process alive. */
export class Timer {
  #timeout: NodeJS.Timeout | undefined;

  /** Sets the timer, in place of what it was set to before. */
  set(milliseconds: number, fn: () => void): void {
    this.clear();
    const step = Math.min(Math.max(0, milliseconds), MAX_TIMEOUT);
    this.#timeout = setTimeout(() => (milliseconds > step ? this.set(milliseconds - step, fn) : fn()), step).unref();
  }

  /** Nothing is called any more. */
  clear(): void {
    clearTimeout(this.#timeout);
  }
}
