import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { noopServices } from '@bulkhead/backend-plugin-api/testing';
import { mockServices } from '@bulkhead/backend-test-utils';
import { describeCacheService } from '@bulkhead/backend-test-utils/contracts';
import { MemcachedServer } from '../../test/memcached-server.ts';
import { DefaultCacheService } from './default-cache-service.ts';
import { MemcacheCacheStore } from './memcache-cache-store.ts';

const createStore = (servers: string, logger = noopServices.rootLogger()) =>
  new MemcacheCacheStore({ servers, keyPrefix: randomUUID(), timeout: 1_000, logger });

describe('with a Memcached', () => {
  let server: MemcachedServer;
  beforeAll(async () => {
    server = await MemcachedServer.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  describeCacheService('DefaultCacheService over MemcacheCacheStore', async () => {
    const store = createStore(server.address);
    return {
      service: new DefaultCacheService(store, 'todo'),
      other: new DefaultCacheService(store, 'other'),
      advance: (milliseconds) => void (server.ahead += milliseconds),
      dispose: () => store[Symbol.asyncDispose](),
    };
  });

  it('sends no keys that Memcached does not take', async () => {
    const store = createStore(server.address);
    for (const key of ['todo:white space', `todo:${'x'.repeat(200)}`, 'todo:ä\n']) {
      await store.set(key, key, undefined);
      expect(await store.get(key)).toBe(key);
    }
    expect(server.keys.every((key) => /^[\x21-\x7e]{1,250}$/.test(key))).toBe(true);
    await store[Symbol.asyncDispose]();
  });
});

describe('MemcacheCacheStore', () => {
  it('looks empty while there is none, and does not pretend to have deleted', async () => {
    const server = await MemcachedServer.start();
    const { address } = server;
    await server[Symbol.asyncDispose]();
    const logger = mockServices.rootLogger();
    const store = createStore(address, logger);
    await store.set('a', 'a', undefined);
    expect(await store.get('a')).toBeUndefined();
    await expect(store.delete('a')).rejects.toMatchObject({ code: 'ERR_CACHE_UNAVAILABLE' });
    expect(logger.messages('warn')).toContainEqual(expect.stringContaining('The cache cannot be reached'));
    await store[Symbol.asyncDispose]();
  });

  it('names the package that is missing', () => {
    const load = (): never => {
      throw new TypeError('none');
    };
    const options = { servers: 'x', keyPrefix: 'x', timeout: 1, logger: noopServices.rootLogger() };
    expect(() => new MemcacheCacheStore(options, load)).toThrow(
      expect.objectContaining({ code: 'ERR_CACHE_DRIVER_MISSING', hint: 'Install it: npm install memjs' }),
    );
  });
});
