/** How calls are made, unless a call says otherwise. Times are in milliseconds. */
export interface CallPolicy {
  /** How long a call may take, with all repetitions. */
  readonly timeout: number;
  /** How often a call is repeated at most. */
  readonly retries: number;
  /** How long to wait before the first repetition, at most; twice as long before each further one. */
  readonly firstBackoff: number;
  /** How long to wait between two attempts, at most. */
  readonly longestBackoff: number;
  /** How many attempts have to fail one after the other before no more are made for a while; 0 for never. */
  readonly breakerFailures: number;
  /** For how long no more are made; twice as long each time the one that tries again fails, up to ten times. */
  readonly breakerPause: number;
}

/** What holds where nothing is configured. */
export const DEFAULT_CALL_POLICY: CallPolicy = {
  timeout: 30_000,
  retries: 2,
  firstBackoff: 100,
  longestBackoff: 5_000,
  breakerFailures: 10,
  breakerPause: 5_000,
};
