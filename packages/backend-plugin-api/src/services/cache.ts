import type { HumanDuration, JsonValue } from '@bulkhead/types';

/** How long entries live. */
export interface CacheOptions {
  /** Milliseconds, or a duration. Without one, `backend.cache.defaultTtl`, else for ever. */
  readonly ttl?: number | HumanDuration;
}

/** Keeps values for a while; every plugin has its own keys. Entries may vanish at any time. */
export interface CacheService {
  get<TValue extends JsonValue>(key: string): Promise<TValue | undefined>;
  set(key: string, value: JsonValue, options?: CacheOptions): Promise<void>;
  delete(key: string): Promise<void>;
  /** The same cache with other defaults. */
  withOptions(options: CacheOptions): CacheService;
}
