import type { CacheOptions, CacheService } from '@bulkhead/backend-plugin-api';
import { durationToMilliseconds, type HumanDuration, type JsonValue } from '@bulkhead/types';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import type { MockPluginOptions } from './mock-service.ts';

/** What a mock cache starts with. */
export interface MockCacheOptions extends MockPluginOptions {
  /** Entries that are there from the beginning. */
  readonly entries?: Readonly<Record<string, JsonValue>>;
  /** How long entries live if nobody says otherwise. Defaults to for ever. */
  readonly defaultTtl?: CacheOptions['ttl'];
}

/** A cache in memory with a clock that stands still until it is told to go on. */
export type MockCache = Recorded<
  CacheService,
  {
    /** Lets time pass: entries whose time is up are gone. */
    advance(duration: number | string | HumanDuration): void;
    /** A copy of all entries that are still alive. */
    entries(): Record<string, JsonValue>;
  }
>;

/** @internal */
export function createMockCache({ entries = {}, defaultTtl }: MockCacheOptions): MockCache {
  const store = new EntryStore();
  for (const [key, value] of Object.entries(entries)) store.set(key, value, Infinity);
  return recordCalls<CacheService, Pick<MockCache, 'advance' | 'entries'>>(
    new StoreCache(store, defaultTtl === undefined ? {} : { ttl: defaultTtl }),
    {
      advance: (duration) => void (store.now += durationToMilliseconds(duration)),
      entries: () => store.entries(),
    },
  );
}

/** Keeps values as JSON, so that nobody shares an object with the cache. */
class EntryStore {
  /** Milliseconds since the cache was made. */
  now = 0;
  readonly #entries = new Map<string, { readonly json: string; readonly expiresAt: number }>();

  get(key: string): JsonValue | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expiresAt > this.now ? (JSON.parse(entry.json) as JsonValue) : undefined;
  }

  set(key: string, value: JsonValue, ttl: number): void {
    this.#entries.set(key, { json: JSON.stringify(value), expiresAt: this.now + ttl });
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  entries(): Record<string, JsonValue> {
    const alive = [...this.#entries].filter(([, entry]) => entry.expiresAt > this.now);
    return Object.fromEntries(alive.map(([key, entry]) => [key, JSON.parse(entry.json) as JsonValue]));
  }
}

class StoreCache implements CacheService {
  readonly #store: EntryStore;
  readonly #defaults: CacheOptions;

  constructor(store: EntryStore, defaults: CacheOptions) {
    this.#store = store;
    this.#defaults = defaults;
  }

  async get<TValue extends JsonValue>(key: string): Promise<TValue | undefined> {
    // The caller says what it has stored under the key.
    return this.#store.get(key) as TValue | undefined;
  }

  async set(key: string, value: JsonValue, options: CacheOptions = {}): Promise<void> {
    const ttl = options.ttl ?? this.#defaults.ttl;
    this.#store.set(key, value, ttl === undefined ? Infinity : durationToMilliseconds(ttl));
  }

  async delete(key: string): Promise<void> {
    this.#store.delete(key);
  }

  withOptions(options: CacheOptions): CacheService {
    return new StoreCache(this.#store, { ...this.#defaults, ...options });
  }
}
