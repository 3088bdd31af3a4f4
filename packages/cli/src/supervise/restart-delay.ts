const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** For how long a process must have been ready for its earlier ends to be forgotten, in milliseconds. */
export const FORGIVEN_AFTER_MS: number = LONGEST_MS;

/**
 * Milliseconds to wait before a process is started again: twice as many each time up to half a minute, of which a half
 * is left to chance, so that processes that went down together do not come up together.
 *
 * @param attempt - how many times it has ended since it last ran for long; 1 or more
 * @param random - from 0 to below 1
 */
export function restartDelay(attempt: number, random: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 30));
  return Math.round(longest / 2 + (longest / 2) * random);
}
