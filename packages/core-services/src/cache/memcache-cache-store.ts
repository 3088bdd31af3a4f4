import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { LoggerService } from '@bulkhead/backend-plugin-api';
import { RateLimitedWarning } from '../logger/rate-limited-warning.ts';
import type { CacheStore } from './cache-store.ts';
import { cacheDriverMissing, cacheUnavailable } from './errors.ts';

/** The members of the client that matter here; it has no types of its own. */
interface MemcacheClient {
  get(key: string): Promise<{ readonly value: Buffer | null }>;
  set(key: string, value: Buffer, options: { readonly expires?: number }): Promise<boolean>;
  delete(key: string): Promise<boolean>;
  close(): void;
}

interface MemcacheModule {
  readonly Client: { create(servers: string, options: object): MemcacheClient };
}

/** How Memcached is reached. */
export interface MemcacheCacheOptions {
  /** `host:11211`, several with commas, each with `user:password@` before it if need be. */
  readonly servers: string;
  /** Stands before all keys. */
  readonly keyPrefix: string;
  /** Milliseconds to wait for an answer. */
  readonly timeout: number;
  readonly logger: LoggerService;
}

/** Longer ones, and those with white space or control characters, Memcached does not take. */
const KEY = /^[\x21-\x7e]{1,250}$/;
/** Seconds above which Memcached takes a time to live for a point in time. */
const LONGEST_RELATIVE = 30 * 24 * 60 * 60;

/**
 * Keeps entries in Memcached, for whole seconds. While it is down the cache looks empty, as that over Redis does.
 */
export class MemcacheCacheStore implements CacheStore {
  readonly #client: MemcacheClient;
  readonly #keyPrefix: string;
  readonly #warning: RateLimitedWarning;

  /** @throws BulkheadError `ERR_CACHE_DRIVER_MISSING` when `memjs` is not installed */
  constructor(
    { servers, keyPrefix, timeout, logger }: MemcacheCacheOptions,
    load: () => unknown = () => createRequire(import.meta.url)('memjs'),
  ) {
    this.#keyPrefix = keyPrefix;
    this.#warning = new RateLimitedWarning(logger);
    const seconds = timeout / 1_000;
    const options = { timeout: seconds, conntimeout: seconds, retries: 1, keepAlive: true, logger: { log() {} } };
    this.#client = loadModule(load).Client.create(servers, options);
  }

  /** {@inheritDoc CacheStore.get} */
  async get(key: string): Promise<string | undefined> {
    try {
      const { value } = await this.#client.get(this.#fullKey(key));
      this.#warning.over('The cache can be reached again');
      return value?.toString();
    } catch (error) {
      this.#warn(error);
      return undefined;
    }
  }

  /** {@inheritDoc CacheStore.set} */
  async set(key: string, text: string, ttl: number | undefined): Promise<void> {
    try {
      await this.#client.set(this.#fullKey(key), Buffer.from(text), { expires: toExpiry(ttl) });
    } catch (error) {
      this.#warn(error);
    }
  }

  /** {@inheritDoc CacheStore.delete} */
  async delete(key: string): Promise<void> {
    try {
      await this.#client.delete(this.#fullKey(key));
    } catch (error) {
      throw cacheUnavailable(error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.close();
  }

  #fullKey(key: string): string {
    const full = `${this.#keyPrefix}:${key}`;
    return KEY.test(full) ? full : `${this.#keyPrefix}#${createHash('sha256').update(full).digest('base64url')}`;
  }

  #warn(error: unknown): void {
    this.#warning.warn('The cache cannot be reached: nothing is found in it, and nothing is kept', error);
  }
}

function loadModule(load: () => unknown): MemcacheModule {
  try {
    return load() as MemcacheModule;
  } catch (error) {
    throw cacheDriverMissing({ store: 'memcache', driver: 'memjs', cause: error });
  }
}

function toExpiry(ttl: number | undefined): number {
  const seconds = Math.ceil((ttl ?? 0) / 1_000);
  return seconds > LONGEST_RELATIVE ? Math.floor(Date.now() / 1_000) + seconds : seconds;
}
