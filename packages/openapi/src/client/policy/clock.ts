/** The time, and what happens after some. Tests bring their own. */
export interface Clock {
  /** Milliseconds by a clock that is never set, the same as that of `performance.now()`. */
  now(): number;
  /** Calls `fn` after some milliseconds. @returns what calls it off */
  after(milliseconds: number, fn: () => void): () => void;
}

/** Beyond this, timers go off at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The clock on the wall of the process. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, fn) {
    const timer = setTimeout(fn, Math.min(milliseconds, LONGEST_TIMER));
    return () => clearTimeout(timer);
  },
};
