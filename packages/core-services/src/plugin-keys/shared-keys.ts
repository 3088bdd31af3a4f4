import type { LoggerService } from '@bulkhead/backend-plugin-api';
import { RateLimitedWarning } from '../logger/rate-limited-warning.ts';
import type { PublicKeyStore, StoredKey } from './public-key-store.ts';

/** How long things may take, in milliseconds. */
export interface SharedKeysTimes {
  /** How long a plugin waits until others can know its key, before it signs with it all the same. */
  readonly publish: number;
  /** How long a listing waits for the store, before it shows what is known. */
  readonly list: number;
  /** Pause before a store that has failed is asked again. */
  readonly retry: number;
}

const DEFAULT_TIMES: SharedKeysTimes = { publish: 5_000, list: 1_000, retry: 5_000 };

/**
 * The public keys that processes share, and this process' own, which it knows by itself: a store that is down for a
 * while keeps nobody from verifying what was known before.
 */
export class SharedKeys {
  readonly #store: PublicKeyStore | undefined;
  readonly #pluginIds: () => readonly string[];
  readonly #times: SharedKeysTimes;
  readonly #publishing: RateLimitedWarning;
  readonly #reading: RateLimitedWarning;
  readonly #own = new Map<string, StoredKey>();
  #others: readonly StoredKey[] = [];
  #failure: unknown;
  #isStopped = false;
  #failedAt = -Infinity;
  #current: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(options: {
    /** Without one the keys are known to this process alone. */
    readonly store: PublicKeyStore | undefined;
    /** The plugins of this process. */
    readonly pluginIds: () => readonly string[];
    readonly logger: LoggerService;
    readonly times?: Partial<SharedKeysTimes>;
  }) {
    this.#store = options.store;
    this.#pluginIds = options.pluginIds;
    this.#times = { ...DEFAULT_TIMES, ...options.times };
    this.#publishing = new RateLimitedWarning(options.logger);
    this.#reading = new RateLimitedWarning(options.logger);
  }

  /** Whether other processes may have keys that this one does not know. */
  get areShared(): boolean {
    return this.#store !== undefined;
  }

  /** Makes a key known, to this process at once and to others within the time that one can wait for it. */
  async publish(key: StoredKey): Promise<void> {
    this.#own.set(key.kid, key);
    for (const { kid, expiresAt } of this.#own.values()) {
      if (expiresAt.getTime() < Date.now()) {
        this.#own.delete(kid);
      }
    }
    await withinTime(this.#store?.add(key), this.#times.publish).catch((error: unknown) => {
      this.#publishing.warn('A new public key is not in the database yet: other processes may refuse tokens.', error);
      this.#publishLater(key);
    });
  }

  /** The keys of a plugin as they are now, or as they were when the store could last be asked. */
  async list(pluginId: string): Promise<readonly StoredKey[]> {
    await withinTime(this.refresh(), this.#times.list).catch(() => undefined);
    return this.known(pluginId);
  }

  /** What is known of a plugin's keys without asking. */
  known(pluginId: string): readonly StoredKey[] {
    const now = Date.now();
    const keys = new Map([...this.#others, ...this.#own.values()].map((key) => [key.kid, key]));
    return [...keys.values()].filter((key) => key.pluginId === pluginId && key.expiresAt.getTime() > now);
  }

  /**
   * Asks the store for the keys of all plugins of this process. One question at a time, however many ask; the question
   * is asked after the call, so that a key of which the caller has heard is among the answers.
   *
   * @throws what the store throws
   */
  refresh(): Promise<void> {
    if (!this.#store) {
      return Promise.resolve();
    }
    this.#next ??= this.#readNext(this.#store);
    return this.#next;
  }

  async #readNext(store: PublicKeyStore): Promise<void> {
    await this.#current?.catch(() => undefined);
    this.#next = undefined;
    this.#current = this.#read(store).finally(() => (this.#current = undefined));
    return this.#current;
  }

  async #read(store: PublicKeyStore): Promise<void> {
    if (performance.now() - this.#failedAt < this.#times.retry) {
      throw this.#failure;
    }
    try {
      this.#others = await store.list(this.#pluginIds());
      this.#reading.over('The public keys of other processes can be read again.');
    } catch (error) {
      this.#failedAt = performance.now();
      this.#failure = error;
      this.#reading.warn('The public keys of other processes cannot be read.', error);
      throw error;
    }
  }

  /** No longer tries to make keys known. */
  stop(): void {
    this.#isStopped = true;
  }

  #publishLater(key: StoredKey): void {
    const retry = (): void => {
      if (!this.#isStopped && key.expiresAt.getTime() > Date.now()) {
        this.#store?.add(key).then(
          () => this.#publishing.over('The new public key is in the database now.'),
          () => this.#publishLater(key),
        );
      }
    };
    setTimeout(retry, this.#times.retry).unref();
  }
}

/** @throws what the promise rejects with, or an AbortError-like rejection when time is up */
async function withinTime(promise: Promise<void> | undefined, milliseconds: number): Promise<void> {
  if (!promise) {
    return;
  }
  const timeUp = AbortSignal.timeout(milliseconds);
  await Promise.race([
    promise,
    new Promise<never>((_, reject) => timeUp.addEventListener('abort', () => reject(timeUp.reason as Error))),
  ]);
}
