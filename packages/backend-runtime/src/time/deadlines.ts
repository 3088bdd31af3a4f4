import { withDeadline } from './deadline.ts';

/**
 * The deadlines of a start-up. All work that might never end runs under one of them, so that interrupting them ends
 * the start-up wherever it is.
 */
export class Deadlines {
  readonly #interrupts = new Set<(error: Error) => void>();
  #interruption: Error | undefined;

  /** Runs `work`; rejects when its time is up, or when {@link Deadlines.interrupt} is called. */
  run<T>(work: () => Promise<T>, timeout: number, onTimeout: () => Error): Promise<T> {
    const interruptible = (): Promise<T> =>
      new Promise<T>((resolve, reject) => {
        if (this.#interruption) return reject(this.#interruption);
        this.#interrupts.add(reject);
        work()
          .then(resolve, reject)
          .finally(() => this.#interrupts.delete(reject));
      });
    return withDeadline(interruptible, timeout, onTimeout);
  }

  /** Rejects all that is under way, and all that is still to come. */
  interrupt(error: Error): void {
    this.#interruption ??= error;
    for (const interrupt of this.#interrupts) interrupt(this.#interruption);
    this.#interrupts.clear();
  }

  /** Why it was interrupted, if it was. */
  get interruption(): Error | undefined {
    return this.#interruption;
  }
}
