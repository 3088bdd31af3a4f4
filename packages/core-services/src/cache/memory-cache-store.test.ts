import { describe, expect, it } from '@jest/globals';
import { describeCacheService } from '@bulkhead/backend-test-utils/contracts';
import { DefaultCacheService } from './default-cache-service.ts';
import { MemoryCacheStore } from './memory-cache-store.ts';

describeCacheService('DefaultCacheService over MemoryCacheStore', () => {
  let now = 0;
  const store = new MemoryCacheStore({ maxEntries: 100, maxSize: 1024 ** 2, now: () => now });
  return {
    service: new DefaultCacheService(store, 'todo'),
    other: new DefaultCacheService(store, 'other'),
    advance: (milliseconds) => void (now += milliseconds),
    dispose: () => store[Symbol.asyncDispose](),
  };
});

describe('MemoryCacheStore', () => {
  it('forgets what was not used for the longest time when there are too many entries', async () => {
    const store = new MemoryCacheStore({ maxEntries: 2, maxSize: 1024 ** 2 });
    await store.set('a', '1', undefined);
    await store.set('b', '1', undefined);
    await store.get('a');
    await store.set('c', '1', undefined);
    expect(await Promise.all(['a', 'b', 'c'].map((key) => store.get(key)))).toEqual(['1', undefined, '1']);
  });

  it('forgets entries when they take too much room, and keeps none that takes all of it', async () => {
    const store = new MemoryCacheStore({ maxEntries: 100, maxSize: 10_000 });
    await store.set('a', 'x'.repeat(3_000), undefined);
    await store.set('b', 'x'.repeat(3_000), undefined);
    await store.set('c', 'x'.repeat(6_000), undefined);
    const sizes = await Promise.all(['a', 'b', 'c'].map(async (key) => (await store.get(key))?.length));
    expect(sizes).toEqual([undefined, 3_000, undefined]);
  });

  it('is empty once it is disposed of', async () => {
    const store = new MemoryCacheStore({ maxEntries: 2, maxSize: 1024 });
    await store.set('a', '1', undefined);
    await store[Symbol.asyncDispose]();
    expect(await store.get('a')).toBeUndefined();
  });
});

describe('DefaultCacheService', () => {
  it('keeps nothing for no time at all', async () => {
    const cache = new DefaultCacheService(new MemoryCacheStore({ maxEntries: 2, maxSize: 1024 }), 'todo');
    await cache.set('a', 1);
    await cache.set('a', 2, { ttl: 0 });
    expect(await cache.get('a')).toBeUndefined();
  });

  it('refuses a time that is none', async () => {
    const cache = new DefaultCacheService(new MemoryCacheStore({ maxEntries: 2, maxSize: 1024 }), 'todo');
    await expect(cache.set('a', 2, { ttl: -1 })).rejects.toMatchObject({ code: 'ERR_DURATION_INVALID' });
  });

  it('says which part of a value cannot be cached', async () => {
    const cache = new DefaultCacheService(new MemoryCacheStore({ maxEntries: 2, maxSize: 1024 }), 'todo');
    await expect(cache.set('a', { list: [1, { at: new Map() }] } as never)).rejects.toMatchObject({
      code: 'ERR_CACHE_VALUE',
      statusCode: 400,
      message: 'The value at .list[1].at cannot be cached: it is a Map',
    });
    await expect(cache.set('a', [undefined] as never)).rejects.toMatchObject({ code: 'ERR_CACHE_VALUE' });
  });
});
