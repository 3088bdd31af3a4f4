import { LRUCache } from 'lru-cache';
import type { CacheStore } from './cache-store.ts';

/** The bounds of a {@link MemoryCacheStore}. */
export interface MemoryCacheOptions {
  /** Entries of all plugins together. */
  readonly maxEntries: number;
  /** Bytes of all keys and values together, roughly. */
  readonly maxSize: number;
  /** The present time in milliseconds, from any starting point. */
  readonly now?: () => number;
}

/** What an entry costs besides its texts. */
const OVERHEAD = 100;

/** Keeps entries in the memory of the process; those not used for the longest time make room for new ones. */
export class MemoryCacheStore implements CacheStore {
  readonly #entries: LRUCache<string, string>;

  constructor({ maxEntries, maxSize, now = () => performance.now() }: MemoryCacheOptions) {
    this.#entries = new LRUCache<string, string>({
      max: maxEntries,
      maxSize,
      // One that is too big by itself is not kept at all.
      maxEntrySize: maxSize,
      sizeCalculation: (text, key) => OVERHEAD + 2 * (text.length + key.length),
      ttlResolution: 0,
      // Zero would mean that the entry has no time limit.
      perf: { now: () => now() + 1 },
    });
  }

  /** {@inheritDoc CacheStore.get} */
  async get(key: string): Promise<string | undefined> {
    return this.#entries.get(key);
  }

  /** {@inheritDoc CacheStore.set} */
  async set(key: string, text: string, ttl: number | undefined): Promise<void> {
    this.#entries.set(key, text, { ttl });
  }

  /** {@inheritDoc CacheStore.delete} */
  async delete(key: string): Promise<void> {
    this.#entries.delete(key);
  }

  /** Forgets everything. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#entries.clear();
  }
}
