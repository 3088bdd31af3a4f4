import type { CacheOptions, CacheService } from '@bulkhead/backend-plugin-api';
import { DefaultCacheService, type CacheStore } from '@bulkhead/core-services/cache';
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
export function createMockCache({ pluginId = 'test', entries = {}, defaultTtl }: MockCacheOptions): MockCache {
  const store = new ClockedStore();
  const prefix = `${pluginId}:`;
  for (const [key, value] of Object.entries(entries)) store.put(prefix + key, JSON.stringify(value));
  return recordCalls<CacheService, Pick<MockCache, 'advance' | 'entries'>>(
    new DefaultCacheService(store, pluginId, { ttl: defaultTtl }),
    {
      advance: (duration) => void (store.now += durationToMilliseconds(duration)),
      entries: () => store.entries(prefix),
    },
  );
}

/** Keeps entries in memory until its clock is past their time. */
class ClockedStore implements CacheStore {
  /** Milliseconds since the cache was made. */
  now = 0;
  readonly #entries = new Map<string, { readonly text: string; readonly expiresAt: number }>();

  put(key: string, text: string, ttl = Infinity): void {
    this.#entries.set(key, { text, expiresAt: this.now + ttl });
  }

  async get(key: string): Promise<string | undefined> {
    const entry = this.#entries.get(key);
    return entry && entry.expiresAt > this.now ? entry.text : undefined;
  }

  async set(key: string, text: string, ttl: number | undefined): Promise<void> {
    this.put(key, text, ttl);
  }

  async delete(key: string): Promise<void> {
    this.#entries.delete(key);
  }

  entries(prefix: string): Record<string, JsonValue> {
    const alive = [...this.#entries].filter(([, { expiresAt }]) => expiresAt > this.now);
    return Object.fromEntries(
      alive.map(([key, { text }]) => [key.slice(prefix.length), JSON.parse(text) as JsonValue]),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#entries.clear();
  }
}
