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
  /** Until when it is taken at its word that it cannot answer. */
  #leavingUntil = -Infinity;
  /** When it failed last, or said that it cannot answer; or when that was sent by which it came back. */
  #newsSince = -Infinity;

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

  /** A request, or a question for its health, that was sent at `sentAt` was not answered. */
  doubt(outcome: 'failed' | 'unavailable', sentAt: number, now: number): void {
    if (this.#isOutdated(sentAt)) return;
    const isPaused = now < this.pausedUntil;
    this.#newsSince = now;
    if (outcome === 'unavailable') {
      this.#leavingUntil = now + UNAVAILABLE_PAUSE;
      this.#pausedUntil = Math.max(this.pausedUntil, this.#leavingUntil);
      return;
    }
    // It has left: what answers from now on is its successor.
    this.#leavingUntil = -Infinity;
    // Where all are down, one is tried in its pause again and again, which makes it no worse.
    if (isPaused && this.#failures > 0) return;
    this.#pausedUntil = now + Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#failures);
    this.#failures += 1;
  }

  /** It has answered a request that was sent at `sentAt`. */
  trust(sentAt: number, now: number): void {
    // One that says that it stops means it, also if it goes on answering for a while.
    if (now < this.#leavingUntil || this.#isOutdated(sentAt)) return;
    this.#comeBack(sentAt);
    this.#failures = 0;
  }

  /** Asked at `askedAt`, it says that it is well. Failures are remembered until requests succeed, too. */
  readmit(askedAt: number): void {
    if (this.isSuspect && !this.#isOutdated(askedAt)) this.#comeBack(askedAt);
  }

  #comeBack(sentAt: number): void {
    this.#newsSince = sentAt;
    this.#pausedUntil = undefined;
  }

  /**
   * What was under way when it failed, began to stop or came back says nothing about what follows, however late it ends:
   * neither its answer nor its failure.
   */
  #isOutdated(sentAt: number): boolean {
    return sentAt <= this.#newsSince;
  }
}
