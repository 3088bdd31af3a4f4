/** How long an origin is passed over after its first failure, and at most, in milliseconds. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 10_000;
/** How long an origin is passed over that says that it cannot answer. It says so until it is gone, or up. */
const UNAVAILABLE_PAUSE = 500;

/** What is known of one origin. Times are in milliseconds by `performance.now()`. */
export class OriginState {
  readonly origin: string;
  /** Whose turn it is in lists of replicas that begin with this origin. */
  turn = 0;
  /** Whether it has been seen in a list with others. */
  hasSiblings = false;
  usedAt = -Infinity;
  /** Whether its health is being asked for, or will be without anybody's doing. */
  isWatched = false;
  /** Whether others have taken its place in memory. */
  isForgotten = false;
  /** When its health was asked for last. */
  checkedAt = -Infinity;
  #failures = 0;
  #pausedUntil: number | undefined;
  /** When it failed last, or said that it cannot answer. */
  #doubtedAt = -Infinity;

  constructor(origin: string) {
    this.origin = origin;
  }

  /** Whether it has failed, or said that it cannot answer, and is not known to be up again. */
  get isSuspect(): boolean {
    return this.#pausedUntil !== undefined;
  }

  /** Whether anything stands against it, be it only a history of failures. */
  get hasRecord(): boolean {
    return this.#failures > 0 || this.#pausedUntil !== undefined;
  }

  /** When it should be tried again. In the past unless {@link isSuspect}. */
  get pausedUntil(): number {
    return this.#pausedUntil ?? -Infinity;
  }

  /** Takes note that a request, or a question for its health, was not answered. */
  doubt(outcome: 'failed' | 'unavailable', now: number): void {
    const isPaused = now < this.pausedUntil;
    this.#doubtedAt = now;
    if (outcome === 'unavailable') {
      this.#pausedUntil = Math.max(this.pausedUntil, now + UNAVAILABLE_PAUSE);
    } else if (!isPaused || this.#failures === 0) {
      // Requests that fail together count as one failure.
      this.#pausedUntil = now + Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#failures);
      this.#failures += 1;
    }
  }

  /** It has answered a request that was sent at `sentAt`. */
  trust(sentAt: number, now: number): void {
    // One that says that it stops means it, also if it goes on answering for a while.
    const isLeaving = this.#failures === 0 && now < this.pausedUntil;
    if (isLeaving || this.#isOutdated(sentAt)) return;
    this.#failures = 0;
    this.#pausedUntil = undefined;
  }

  /** Asked at `askedAt`, it says that it is well. Failures are remembered until requests succeed, too. */
  readmit(askedAt: number): void {
    if (!this.#isOutdated(askedAt)) this.#pausedUntil = undefined;
  }

  /** What was under way when it failed, or began to stop, says nothing about what comes, however late its answer is. */
  #isOutdated(sentAt: number): boolean {
    return sentAt <= this.#doubtedAt;
  }
}
