import { aborted, timedOut, type CallName } from '../errors.ts';
import type { CallEnd } from '../transport.ts';
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
export class CallLimits implements CallEnd {
  readonly #options: CallLimitsOptions;
  readonly #timeout: number;
  #deadline: number;
  #stopTimer: (() => void) | undefined;
  #hasTimerFired = false;
  #controller: AbortController | undefined;
  #listener: ((reason: Error) => void) | undefined;

  constructor(options: CallLimitsOptions) {
    const { clock, timeout, deadline = Infinity, signal } = options;
    const now = clock.now();
    this.#options = options;
    this.#timeout = Math.min(timeout, deadline - now);
    this.#deadline = now + this.#timeout;
    if (Number.isFinite(this.#timeout)) {
      this.#stopTimer = clock.after(Math.max(0, this.#timeout), () => {
        this.#hasTimerFired = true;
        this.#end();
      });
    }
    signal?.addEventListener('abort', this.#end, { once: true });
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.isOver) {
        this.#controller.abort(this.error());
      }
    }
    return this.#controller.signal;
  }

  onEnd(listener: (reason: Error) => void): () => void {
    this.#listener = listener;
    return () => {
      // Another attempt may have brought its own meanwhile.
      if (this.#listener === listener) {
        this.#listener = undefined;
      }
    };
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
    return this.#hasTimerFired || this.#options.signal?.aborted === true || this.remaining <= 0;
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
    this.#deadline = Infinity;
  }

  /** The call is over; nothing is left behind. */
  end(): void {
    this.lift();
    this.#options.signal?.removeEventListener('abort', this.#end);
  }

  /** Waits. @throws as {@link check}, as soon as the call is over */
  async pause(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const forget = this.onEnd(() => {
        cancel();
        resolve();
      });
      const cancel = this.#options.clock.after(milliseconds, () => {
        forget();
        resolve();
      });
    });
    this.check();
  }

  readonly #end = (): void => {
    const reason = this.error();
    const listener = this.#listener;
    this.#listener = undefined;
    listener?.(reason);
    this.#controller?.abort(reason);
  };
}
