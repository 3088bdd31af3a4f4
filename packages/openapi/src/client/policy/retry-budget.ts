import type { Clock } from './clock.ts';

/** How much each call adds: of five calls one may be repeated. */
const PER_CALL = 0.2;
/** What there is to begin with, and comes back with time, so that somebody who calls rarely can repeat, too. */
const RESERVE = 10;
const LIMIT = 100;
const MILLISECONDS_PER_TOKEN = 1_000;

/**
 * Keeps repetitions from becoming a storm: when a target fails for everybody, it is asked a fifth more often, and not
 * several times as often as before.
 */
export class RetryBudget {
  readonly #clock: Clock;
  #tokens = RESERVE;
  #refilledAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#refilledAt = clock.now();
  }

  /** A call is made. */
  deposit(): void {
    this.#tokens = Math.min(LIMIT, this.#tokens + PER_CALL);
  }

  /** @returns whether an attempt may be made again; if so, it is paid for */
  withdraw(): boolean {
    this.#refill();
    if (this.#tokens < 1) {
      return false;
    }
    this.#tokens -= 1;
    return true;
  }

  #refill(): void {
    const now = this.#clock.now();
    if (this.#tokens < RESERVE) {
      this.#tokens = Math.min(RESERVE, this.#tokens + (now - this.#refilledAt) / MILLISECONDS_PER_TOKEN);
    }
    this.#refilledAt = now;
  }
}
