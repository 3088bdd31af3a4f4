/** The longest delay that a timer of Node.js keeps, in milliseconds. With a longer one it fires at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Runs `work` and rejects with the error that `onTimeout` makes when it is not over within `timeout` milliseconds
 * (`undefined`: wait for ever). Late results and late rejections are dropped.
 *
 * The timer keeps the process alive: work that waits for something that never comes must end in an error, not in a
 * process that ends because it has nothing left to do.
 */
export function withDeadline<T>(
  work: () => Promise<T>,
  timeout: number | undefined,
  onTimeout: () => Error,
): Promise<T> {
  if (timeout === undefined) return work();
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(onTimeout()), Math.min(timeout, LONGEST_TIMER));
    work()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
