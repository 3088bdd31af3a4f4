import { describe, expect, it } from '@jest/globals';
import { mockServices } from '@bulkhead/backend-test-utils';
import { ConfigReader } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import { cacheServiceFactory } from './cache-service-factory.ts';
import { readCacheSettings } from './cache-settings.ts';

const read = (cache: JsonObject) => readCacheSettings(new ConfigReader({ backend: { cache } }));

describe('readCacheSettings', () => {
  it('keeps entries in memory unless told otherwise', () => {
    expect(readCacheSettings(new ConfigReader({}))).toEqual({
      store: { type: 'memory', maxEntries: 100_000, maxSize: 64 * 1024 ** 2 },
      defaultTtl: undefined,
    });
    expect(read({ maxEntries: 5, maxSize: '1kb', defaultTtl: '10m' })).toEqual({
      store: { type: 'memory', maxEntries: 5, maxSize: 1024 },
      defaultTtl: 600_000,
    });
  });

  it('reads how Redis is reached', () => {
    expect(read({ store: 'redis', connection: 'rediss://a:b@c:1/2', keyPrefix: 'x', timeout: '2s' }).store).toEqual({
      type: 'redis',
      url: 'rediss://a:b@c:1/2',
      keyPrefix: 'x',
      timeout: 2_000,
    });
  });

  it('reads how Valkey and Memcached are reached, and what Backstage calls namespace', () => {
    const connection = { url: 'valkeys://c:1', pingInterval: 1 };
    expect(read({ store: 'valkey', connection, valkey: { client: { namespace: 'n' } } }).store).toEqual({
      type: 'redis',
      url: 'rediss://c:1',
      keyPrefix: 'n',
      timeout: 1_000,
    });
    expect(read({ store: 'memcache', connection: 'a:1,b:2' }).store).toEqual({
      type: 'memcache',
      servers: 'a:1,b:2',
      keyPrefix: 'bulkhead',
      timeout: 1_000,
    });
  });

  it.each([
    [{ store: 'disk' }, 'ERR_CONFIG_VALUE', 'backend.cache.store'],
    [{ store: 'infinispan', infinispan: {} }, 'ERR_CONFIG_VALUE', 'backend.cache.store'],
    [{ store: 'memcache' }, 'ERR_CONFIG_MISSING', 'backend.cache.connection'],
    [
      { store: 'redis', connection: 'redis://a', redis: { cluster: {} } },
      'ERR_CONFIG_VALUE',
      'backend.cache.redis.cluster',
    ],
    [{ store: 'redis' }, 'ERR_CONFIG_MISSING', 'backend.cache.connection'],
    [{ store: 'redis', connection: 'localhost:6379' }, 'ERR_CONFIG_VALUE', 'backend.cache.connection'],
    [{ maxEntries: 0 }, 'ERR_CONFIG_VALUE', 'backend.cache.maxEntries'],
    [{ maxSize: 0 }, 'ERR_CONFIG_VALUE', 'backend.cache.maxSize'],
    [{ defaultTtl: 'soon' }, 'ERR_CONFIG_VALUE', 'backend.cache.defaultTtl'],
  ])('names the key that is wrong: %j', (cache: JsonObject, code, key) => {
    expect(() => read(cache)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(`'${key}'`) }));
  });
});

describe('cacheServiceFactory', () => {
  it('gives plugins their own part of one store, with the configured time to live', async () => {
    const deps = {
      rootConfig: mockServices.rootConfig({ data: { backend: { cache: { maxEntries: 1 } } } }),
      rootLogger: mockServices.rootLogger(),
    };
    const shared = await cacheServiceFactory.createRootContext!(deps);
    const forPlugin = (pluginId: string) =>
      cacheServiceFactory.factory({ ...deps, metadata: mockServices.pluginMetadata({ pluginId }) }, shared);
    const [todo, other] = await Promise.all([forPlugin('todo'), forPlugin('other')]);
    await todo.set('a', 1);
    expect([await todo.get('a'), await other.get('a')]).toEqual([1, undefined]);
    await other.set('a', 2);
    expect(await todo.get('a')).toBeUndefined();
    await (shared as AsyncDisposable)[Symbol.asyncDispose]();
    expect(await other.get('a')).toBeUndefined();
  });
});
