import type { HumanDuration, JsonValue } from '@bulkhead/types';

/** How long entries live. */
export interface CacheOptions {
  /** Milliseconds, or a duration. Without one, `backend.cache.defaultTtl`, else for ever. */
  readonly ttl?: number | HumanDuration;
}

/** What holds for entries that do not say otherwise. */
export interface CacheDefaults extends CacheOptions {
  /** The same as `ttl`, under the name that Backstage has for it. */
  readonly defaultTtl?: CacheOptions['ttl'];
}

/** Keeps values for a while; every plugin has its own keys. Entries may vanish at any time. */
export interface CacheService {
  get<TValue extends JsonValue>(key: string): Promise<TValue | undefined>;
  set(key: string, value: JsonValue, options?: CacheOptions): Promise<void>;
  delete(key: string): Promise<void>;
  /** The same cache with other defaults. */
  withOptions(options: CacheDefaults): CacheService;
}
