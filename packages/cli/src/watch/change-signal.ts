import { setTimeout as delay } from 'node:timers/promises';

/** How long no file may change before the changes count as over, in milliseconds: editors save more than one. */
const QUIET_MS = 100;

/** Tells that files have changed, once for all changes since it was last reset. */
export class ChangeSignal {
  #resolve: (file: string) => void = () => {};
  #changed: Promise<string> = Promise.resolve('');
  #isSet = false;

  constructor() {
    this.reset();
  }

  /** Resolves to a file that has changed since the last reset. */
  get changed(): Promise<string> {
    return this.#changed;
  }

  /** A file has changed. */
  set(file: string): void {
    this.#isSet = true;
    this.#resolve(file);
  }

  /** Forgets what has changed so far. */
  reset(): void {
    this.#isSet = false;
    this.#changed = new Promise((resolve) => (this.#resolve = resolve));
  }

  /** Waits until nothing changes any more, and forgets what did. */
  async settle(): Promise<void> {
    do {
      this.reset();
      await delay(QUIET_MS);
    } while (this.#isSet);
  }
}
