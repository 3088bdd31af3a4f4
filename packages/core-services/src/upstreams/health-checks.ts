import type { Dispatcher } from 'undici';
import { READINESS_PATH } from '../http-server/health-paths.ts';
import type { OriginState } from './origin-state.ts';
import type { UpstreamOutcome } from './upstreams-service.ts';

/** What {@link HealthChecks} needs. */
export interface HealthChecksOptions {
  /** Milliseconds between two rounds; 0: nobody is asked. */
  readonly interval: number;
  /** Milliseconds for an answer. */
  readonly timeout: number;
  /** All origins that have been asked for. */
  readonly states: () => Iterable<OriginState>;
  readonly dispatcherFor: (origin: string) => Dispatcher;
  /** Told what an origin has answered, and when it was asked. */
  readonly onOutcome: (state: OriginState, outcome: UpstreamOutcome, askedAt: number) => void;
}

/** After how long without requests nobody cares how an origin does. */
const UNUSED_AFTER = 60_000;
/** How soon a suspect is asked again, at the earliest. */
const SHORTEST_WAIT = 100;

/**
 * Asks origins for their readiness: in rounds those that are in use and have siblings, and those that are suspected to
 * be down as often as their pauses end. Without either no timer runs.
 */
export class HealthChecks {
  readonly #options: HealthChecksOptions;
  readonly #stopping = new AbortController();
  #rounds: NodeJS.Timeout | undefined;

  constructor(options: HealthChecksOptions) {
    this.#options = options;
  }

  /** Whether origins are asked at all, so that a suspect can wait until it is known to be well. */
  get isEnabled(): boolean {
    return this.#options.interval > 0;
  }

  /** Makes rounds for as long as there is anybody to ask. */
  makeRounds(): void {
    if (this.#rounds === undefined && this.isEnabled && !this.#stopping.signal.aborted) {
      this.#rounds = setInterval(() => this.#makeRound(), this.#options.interval).unref();
    }
  }

  /** Asks an origin now, unless that has just been done, and a suspect again and again until it is well. */
  watch(state: OriginState): void {
    const now = performance.now();
    if (this.isEnabled && !state.isWatched && (state.isSuspect || now - state.checkedAt > SHORTEST_WAIT)) {
      state.isWatched = true;
      state.checkedAt = now;
      void this.#check(state);
    }
  }

  stop(): void {
    this.#stopping.abort();
    clearInterval(this.#rounds);
  }

  #makeRound(): void {
    let isAnyInUse = false;
    for (const state of this.#options.states()) {
      if (state.hasSiblings && isInUse(state)) {
        isAnyInUse = true;
        this.watch(state);
      }
    }
    if (!isAnyInUse) {
      clearInterval(this.#rounds);
      this.#rounds = undefined;
    }
  }

  async #check(state: OriginState): Promise<void> {
    if (state.isForgotten) return;
    const askedAt = performance.now();
    const outcome = await this.#ask(state.origin);
    if (this.#stopping.signal.aborted || state.isForgotten) return;
    this.#options.onOutcome(state, outcome, askedAt);
    if (!state.isSuspect || !isInUse(state)) {
      state.isWatched = false;
      return;
    }
    const wait = Math.max(SHORTEST_WAIT, state.pausedUntil - performance.now());
    setTimeout(() => void this.#check(state), wait).unref();
  }

  async #ask(origin: string): Promise<UpstreamOutcome> {
    const { dispatcherFor, timeout } = this.#options;
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(timeout)]);
    try {
      const { statusCode, body } = await dispatcherFor(origin).request({ path: READINESS_PATH, method: 'GET', signal });
      await body.dump();
      // A process that is not one of ours may know no such path, and is up nevertheless.
      return statusCode < 500 ? 'answered' : 'unavailable';
    } catch {
      return 'failed';
    }
  }
}

function isInUse({ usedAt }: OriginState): boolean {
  return performance.now() - usedAt < UNUSED_AFTER;
}
