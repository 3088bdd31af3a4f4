import type { LoggerService } from '@bulkhead/backend-plugin-api';
import { RateLimitedWarning } from '../logger/rate-limited-warning.ts';
import { keysUnavailable } from './errors.ts';
import { readVerificationKeys, type KeyName, type VerificationKey } from './verification-key.ts';

/** How often an issuer is asked for its keys, and how long the answer counts. In milliseconds. */
export interface KeySetLimits {
  /** At least this long between two questions. */
  readonly cooldown: number;
  /** At most this long between two questions to an issuer that fails again and again. */
  readonly maxCooldown: number;
  /** After this long the keys are asked for again, while they are still used. */
  readonly maxAge: number;
  /** For this long after the last answer the keys are used, if there is no newer one. */
  readonly maxStale: number;
  /** How many may wait for the answer to a question that has not been asked yet. */
  readonly maxWaiting: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Public keys live three hours, so what is older than that has no use. */
export const DEFAULT_KEY_SET_LIMITS: KeySetLimits = {
  cooldown: SECOND,
  maxCooldown: 30 * SECOND,
  maxAge: 10 * MINUTE,
  maxStale: 180 * MINUTE,
  maxWaiting: 256,
};

/** What {@link KeySet} is made of. */
export interface KeySetOptions {
  /** Whose keys they are, for messages: `plugin 'todo'`. */
  readonly issuer: string;
  /** Asks for the public keys as they are now. */
  readonly load: () => Promise<readonly unknown[]>;
  readonly logger: LoggerService;
  /** Shared by issuers of which there may be many. */
  readonly warning?: RateLimitedWarning;
  readonly limits?: Partial<KeySetLimits>;
}

/**
 * The public keys of an issuer, asked for when one is missed and kept for when the issuer cannot answer.
 *
 * However many tokens with unknown keys come in, there is one question at a time, and a pause between two. Who misses
 * a key in that pause waits for the next answer: right after an issuer has changed its key, that is an honest caller.
 */
export class KeySet {
  readonly #options: KeySetOptions;
  readonly #limits: KeySetLimits;
  readonly #warning: RateLimitedWarning;
  #keys: readonly VerificationKey[] = [];
  #loadedAt: number | undefined;
  #earliest = 0;
  #failures = 0;
  #current: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #waiting = 0;

  constructor(options: KeySetOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_KEY_SET_LIMITS, ...options.limits };
    this.#warning = options.warning ?? new RateLimitedWarning(options.logger);
  }

  /**
   * A key by its name; without a name the only one for the algorithm.
   *
   * @returns `undefined` when the issuer has no such key
   * @throws ServiceUnavailableError `ERR_AUTH_KEYS_UNAVAILABLE` when the issuer cannot be asked now
   */
  async find(name: KeyName): Promise<VerificationKey | undefined> {
    if (!this.#has(name) && this.#current) {
      await this.#current;
    }
    if (!this.#has(name)) {
      await this.#refreshWaiting();
    } else if (this.#age > this.#limits.maxAge && performance.now() >= this.#earliest) {
      // Keys that the issuer has withdrawn must go, but nobody needs to wait for that.
      this.#refresh().catch(() => undefined);
    }
    const [found, ...others] = this.#named(name).filter(({ alg }) => alg === name.alg);
    return others.length === 0 ? found : undefined;
  }

  get #age(): number {
    return this.#loadedAt === undefined ? Infinity : performance.now() - this.#loadedAt;
  }

  /** Whether asking would tell nothing new, also if the key is for another algorithm. */
  #has(name: KeyName): boolean {
    return this.#age <= this.#limits.maxStale && this.#named(name).length > 0;
  }

  #named({ kid, alg }: KeyName): readonly VerificationKey[] {
    return this.#keys.filter((key) => (kid === undefined ? key.alg === alg : key.kid === kid));
  }

  async #refreshWaiting(): Promise<void> {
    const isFailing = this.#failures > 0 && performance.now() < this.#earliest;
    if (isFailing || this.#waiting >= this.#limits.maxWaiting) {
      throw keysUnavailable(this.#options.issuer);
    }
    this.#waiting += 1;
    try {
      await this.#refresh();
    } finally {
      this.#waiting -= 1;
    }
  }

  /** A question that is asked from now on: one under way may have been answered before the key was there. */
  #refresh(): Promise<void> {
    this.#next ??= this.#askNext();
    return this.#next;
  }

  async #askNext(): Promise<void> {
    await this.#current?.catch(() => undefined);
    const pause = this.#earliest - performance.now();
    if (pause > 0) {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    this.#next = undefined;
    this.#current = this.#ask().finally(() => (this.#current = undefined));
    return this.#current;
  }

  async #ask(): Promise<void> {
    const { issuer, load } = this.#options;
    const { cooldown, maxCooldown } = this.#limits;
    try {
      this.#keys = await readVerificationKeys(await load());
      this.#loadedAt = performance.now();
      this.#failures = 0;
      this.#warning.over(`The public keys of ${issuer} can be had again.`);
    } catch (error) {
      this.#failures += 1;
      this.#warning.warn(`The public keys of ${issuer} cannot be had; those that are known stay in use.`, error);
      throw keysUnavailable(issuer);
    } finally {
      const pause = Math.min(cooldown * 2 ** Math.max(0, this.#failures - 1), maxCooldown);
      this.#earliest = performance.now() + pause;
    }
  }
}
