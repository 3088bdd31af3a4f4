import { createHash } from 'node:crypto';
import type { CacheDefaults, CacheOptions, CacheService } from '@bulkhead/backend-plugin-api';
import { durationToMilliseconds, type JsonValue } from '@bulkhead/types';
import type { CacheStore } from './cache-store.ts';
import { toCacheableJson } from './cacheable-json.ts';

/** Longer keys are hashed: they would cost more than they tell. */
const MAX_KEY_LENGTH = 200;

/** The cache of one plugin, in a store that all plugins share. */
export class DefaultCacheService implements CacheService {
  readonly #store: CacheStore;
  readonly #pluginId: string;
  readonly #options: CacheOptions;

  constructor(store: CacheStore, pluginId: string, options: CacheOptions = {}) {
    this.#store = store;
    this.#pluginId = pluginId;
    this.#options = options;
  }

  /** {@inheritDoc CacheService.get} */
  async get<TValue extends JsonValue>(key: string): Promise<TValue | undefined> {
    const text = await this.#store.get(this.#fullKey(key));
    return text === undefined ? undefined : (JSON.parse(text) as TValue);
  }

  /**
   * {@inheritDoc CacheService.set}
   *
   * @throws InputError `ERR_CACHE_VALUE` for a value that JSON cannot hold
   */
  async set(key: string, value: JsonValue, options: CacheOptions = {}): Promise<void> {
    const text = toCacheableJson(value);
    const ttl = options.ttl ?? this.#options.ttl;
    const milliseconds = ttl === undefined ? undefined : Math.ceil(durationToMilliseconds(ttl));
    if (milliseconds === 0) await this.#store.delete(this.#fullKey(key));
    else await this.#store.set(this.#fullKey(key), text, milliseconds);
  }

  /** {@inheritDoc CacheService.delete} */
  async delete(key: string): Promise<void> {
    await this.#store.delete(this.#fullKey(key));
  }

  /** {@inheritDoc CacheService.withOptions} */
  withOptions({ ttl, defaultTtl = ttl }: CacheDefaults): CacheService {
    const options = defaultTtl === undefined ? this.#options : { ttl: defaultTtl };
    return new DefaultCacheService(this.#store, this.#pluginId, options);
  }

  /** A plugin id has neither ':' nor '#', so no plugin can reach the keys of another one. */
  #fullKey(key: string): string {
    if (key.length <= MAX_KEY_LENGTH) return `${this.#pluginId}:${key}`;
    return `${this.#pluginId}#${createHash('sha256').update(key).digest('base64url')}`;
  }
}
