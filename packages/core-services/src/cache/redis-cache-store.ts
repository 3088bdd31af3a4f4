import type { LoggerService } from '@bulkhead/backend-plugin-api';
import type { CacheStore } from './cache-store.ts';
import { cacheDriverMissing, cacheUnavailable } from './errors.ts';
import { RateLimitedWarning } from '../logger/rate-limited-warning.ts';

type RedisModule = typeof import('@redis/client');
type RedisClient = ReturnType<RedisModule['createClient']>;

/** How a Redis is reached. */
export interface RedisCacheOptions {
  /** `redis://user:password@host:6379/0`, or `rediss://…`. */
  readonly url: string;
  /** Stands before all keys. */
  readonly keyPrefix: string;
  /** Milliseconds to wait for an answer. */
  readonly timeout: number;
  readonly logger: LoggerService;
}

const LONGEST_PAUSE = 5_000;

/**
 * Keeps entries in a Redis, which all processes of a deployment share.
 *
 * A cache that is down must not take its users with it: then nothing is found, what is set is not kept, and the log
 * says so. Only `delete` fails, since what it was to remove would be found again later. The connection comes back by
 * itself.
 */
export class RedisCacheStore implements CacheStore {
  readonly #client: RedisClient;
  readonly #keyPrefix: string;
  readonly #warning: RateLimitedWarning;
  /** Settles when the first attempt to connect has ended, or has taken too long. */
  readonly #firstAttempt: Promise<void>;

  private constructor(redis: RedisModule, { url, keyPrefix, timeout, logger }: RedisCacheOptions) {
    this.#keyPrefix = keyPrefix;
    this.#warning = new RateLimitedWarning(logger);
    this.#client = redis.createClient({
      url,
      name: 'bulkhead-cache',
      // Commands fail at once while there is no connection, instead of waiting for one.
      disableOfflineQueue: true,
      commandOptions: { timeout },
      socket: { connectTimeout: timeout, reconnectStrategy: (retries) => pauseBefore(retries) },
    });
    this.#client.on('error', (error: Error) => this.#warn(error));
    this.#client.on('ready', () => this.#warning.over('The cache can be reached again'));
    this.#firstAttempt = this.#connect(timeout);
  }

  /**
   * Connects to a Redis, in the background.
   *
   * @throws BulkheadError `ERR_CACHE_DRIVER_MISSING` when `@redis/client` is not installed
   */
  static async create(
    options: RedisCacheOptions,
    load: () => Promise<RedisModule> = () => import('@redis/client'),
  ): Promise<RedisCacheStore> {
    const redis = await load().catch((error: unknown) => {
      throw cacheDriverMissing({ store: 'redis', driver: '@redis/client', cause: error });
    });
    return new RedisCacheStore(redis, options);
  }

  /** {@inheritDoc CacheStore.get} */
  async get(key: string): Promise<string | undefined> {
    try {
      await this.#firstAttempt;
      return (await this.#client.get(this.#fullKey(key))) ?? undefined;
    } catch (error) {
      this.#warn(error);
      return undefined;
    }
  }

  /** {@inheritDoc CacheStore.set} */
  async set(key: string, text: string, ttl: number | undefined): Promise<void> {
    try {
      await this.#firstAttempt;
      await this.#client.set(
        this.#fullKey(key),
        text,
        ttl === undefined ? {} : { expiration: { type: 'PX', value: ttl } },
      );
    } catch (error) {
      this.#warn(error);
    }
  }

  /** {@inheritDoc CacheStore.delete} */
  async delete(key: string): Promise<void> {
    try {
      await this.#firstAttempt;
      await this.#client.del(this.#fullKey(key));
    } catch (error) {
      throw cacheUnavailable(error);
    }
  }

  /** Closes the connection; commands that are under way are not awaited. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.destroy();
  }

  #fullKey(key: string): string {
    return `${this.#keyPrefix}:${key}`;
  }

  #warn(error: unknown): void {
    this.#warning.warn('The cache cannot be reached: nothing is found in it, and nothing is kept', error);
  }

  async #connect(timeout: number): Promise<void> {
    // Does not settle before there is a connection; failures come as 'error' events.
    const connected = this.#client.connect().then(
      () => {},
      (error: unknown) => this.#warn(error),
    );
    const failed = new Promise<void>((resolve) => this.#client.once('error', () => resolve()));
    const late = new Promise<void>((resolve) => setTimeout(resolve, timeout).unref());
    await Promise.race([connected, failed, late]);
  }
}

function pauseBefore(retries: number): number {
  const pause = Math.min(50 * 2 ** Math.min(retries, 10), LONGEST_PAUSE);
  // Not all processes at once.
  return pause / 2 + Math.random() * (pause / 2);
}
