import type { CallPolicy } from './call-policy.ts';
import type { Clock } from './clock.ts';

/** What an attempt that was let through has to tell, once, when it is over. */
export interface Permit {
  /** The target has answered, be it with an error of its own. */
  succeeded(): void;
  /** The target was not there: no connection, 502, 503, 504, or no answer in all the time that it should take. */
  failed(): void;
  /** It was broken off, which tells nothing about the target. */
  abandoned(): void;
}

/** Pauses grow up to this many times the configured one. */
const LONGEST_PAUSES = 10;

/**
 * Stops calls to a target that does not answer, so that callers need not wait for it and it can recover in peace.
 *
 * Closed, it counts failures that come one after the other: a target of which one replica is down goes on answering in
 * between, and stays open to calls. Once there are too many, it lets nothing through for a while; then one attempt, and
 * how that goes decides. Errors that the target's own code has thrown (500, all 4xx) are answers, not failures.
 */
export class CircuitBreaker {
  readonly #policy: Pick<CallPolicy, 'breakerFailures' | 'breakerPause'>;
  readonly #clock: Clock;
  readonly #onChange: (isOpen: boolean) => void;
  #failures = 0;
  #pauses = 0;
  #openUntil: number | undefined;
  #isProbing = false;

  /** @param onChange - told when calls are stopped, and when they are let through again */
  constructor(
    policy: Pick<CallPolicy, 'breakerFailures' | 'breakerPause'>,
    clock: Clock,
    onChange: (isOpen: boolean) => void = () => {},
  ) {
    this.#policy = policy;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** @returns a permit; or, if there is none, after how many milliseconds there may be one */
  admit(): Permit | number {
    if (this.#openUntil === undefined) {
      return this.#whileClosed;
    }
    const wait = this.#openUntil - this.#clock.now();
    if (wait > 0 || this.#isProbing) {
      // While the attempt that decides is under way, nobody knows how long that takes.
      return Math.max(wait, 1);
    }
    this.#isProbing = true;
    return this.#probe;
  }

  readonly #whileClosed: Permit = {
    succeeded: () => {
      // What was sent before it opened decides nothing.
      this.#failures = 0;
    },
    failed: () => {
      this.#failures += 1;
      const { breakerFailures } = this.#policy;
      if (breakerFailures > 0 && this.#failures >= breakerFailures && this.#openUntil === undefined) {
        this.#open();
        this.#onChange(true);
      }
    },
    abandoned: () => {},
  };

  readonly #probe: Permit = {
    succeeded: () => {
      this.#isProbing = false;
      this.#openUntil = undefined;
      this.#failures = 0;
      this.#pauses = 0;
      this.#onChange(false);
    },
    failed: () => {
      this.#isProbing = false;
      this.#open();
    },
    abandoned: () => {
      this.#isProbing = false;
    },
  };

  #open(): void {
    const factor = Math.min(LONGEST_PAUSES, 2 ** this.#pauses);
    this.#pauses += 1;
    this.#openUntil = this.#clock.now() + this.#policy.breakerPause * factor;
  }
}
