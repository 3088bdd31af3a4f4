import { aborted, timedOut, type CallName } from '../errors.ts';
import type { Clock } from './clock.ts';

/** What {@link CallLimits} is made of. */
export interface CallLimitsOptions {
  readonly name: CallName;
  readonly clock: Clock;
  /** What the call may take by itself, in milliseconds. */
  readonly timeout: number;
  /** Until when whoever is behind the caller waits, by the clock. */
  readonly deadline?: number;
  /** Aborts the call. */
  readonly signal?: AbortSignal;
}

/** When a call is over, with or without an answer: at its deadline, or when the caller aborts it. */
export class CallLimits {
  readonly #options: CallLimitsOptions;
  readonly #controller = new AbortController();
  readonly #timeout: number;
  readonly #deadline: number;
  #stopTimer: (() => void) | undefined;
  #isTimedOut = false;

  constructor(options: CallLimitsOptions) {
    const { clock, timeout, deadline = Infinity, signal } = options;
    const now = clock.now();
    this.#options = options;
    this.#timeout = Math.min(timeout, deadline - now);
    this.#deadline = now + this.#timeout;
    if (Number.isFinite(this.#timeout)) {
      this.#stopTimer = clock.after(Math.max(0, this.#timeout), () => {
        this.#isTimedOut = true;
        this.#controller.abort(this.error());
      });
    }
    signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Aborts at whichever comes first. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Milliseconds; `Infinity` if the call may take for ever. */
  get remaining(): number {
    return this.#deadline - this.#options.clock.now();
  }

  /** @throws the error of a call that is over before there was an answer, if it is */
  check(): void {
    if (this.isOver) {
      throw this.error();
    }
  }

  get isOver(): boolean {
    return this.#isTimedOut || this.#options.signal?.aborted === true || this.remaining <= 0;
  }

  /** Whether the time was up, rather than the caller's patience. */
  get isTimedOut(): boolean {
    return this.#options.signal?.aborted !== true;
  }

  /** What the caller gets to see. */
  error(): Error {
    const { name, signal } = this.#options;
    return signal?.aborted ? aborted(name, signal.reason) : timedOut(name, this.#timeout);
  }

  /** From now on the call may take as long as it likes: its answer has begun. */
  lift(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  /** The call is over; nothing is left behind. */
  end(): void {
    this.lift();
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
  }

  /** Waits. @throws as {@link check}, as soon as the call is over */
  async pause(milliseconds: number): Promise<void> {
    const { signal } = this;
    await new Promise<void>((resolve) => {
      const finish = (): void => {
        cancel();
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const cancel = this.#options.clock.after(milliseconds, finish);
      signal.addEventListener('abort', finish);
    });
    this.check();
  }

  readonly #onAbort = (): void => this.#controller.abort(this.error());
}
