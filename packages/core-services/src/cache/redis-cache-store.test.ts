import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from '@redis/client';
import type { LoggerService } from '@bulkhead/backend-plugin-api';
import { noopServices } from '@bulkhead/backend-plugin-api/testing';
import { describeCacheService } from '@bulkhead/backend-test-utils/contracts';
import { canRunRedis, RedisServer } from '../../test/redis-server.ts';
import { DefaultCacheService } from './default-cache-service.ts';
import { RedisCacheStore } from './redis-cache-store.ts';

const { BULKHEAD_TEST_REDIS_URL: givenUrl } = process.env;
const needsRedis = canRunRedis || givenUrl ? describe : describe.skip;
const needsOwnRedis = canRunRedis ? describe : describe.skip;

const createStore = (
  url: string,
  keyPrefix: string = randomUUID(),
  logger: LoggerService = noopServices.rootLogger(),
) => RedisCacheStore.create({ url, keyPrefix, timeout: 1_000, logger });

needsRedis('with a Redis', () => {
  let server: RedisServer | undefined;
  let url: string;
  beforeAll(async () => {
    server = givenUrl ? undefined : await RedisServer.start();
    url = givenUrl ?? server!.url;
  });
  afterAll(async () => server?.[Symbol.asyncDispose]());

  describeCacheService('DefaultCacheService over RedisCacheStore', async () => {
    const keyPrefix = randomUUID();
    const store = await createStore(url, keyPrefix);
    const client = await createClient({ url }).connect();
    return {
      service: new DefaultCacheService(store, 'todo'),
      other: new DefaultCacheService(store, 'other'),
      async advance(milliseconds) {
        for (const key of await client.keys(`${keyPrefix}:*`)) {
          const left = await client.pTTL(key);
          if (left > 0) await client.pExpire(key, Math.max(0, left - milliseconds));
        }
      },
      async dispose() {
        await store[Symbol.asyncDispose]();
        client.destroy();
      },
    };
  });

  it('shares entries between processes, under the prefix of the deployment', async () => {
    const [one, two, elsewhere] = await Promise.all(['a', 'a', 'b'].map((prefix) => createStore(url, `${prefix}-x`)));
    await one!.set('key', '1', 60_000);
    expect(await two!.get('key')).toBe('1');
    expect(await elsewhere!.get('key')).toBeUndefined();
    await one!.delete('key');
    await Promise.all([one, two, elsewhere].map((store) => store![Symbol.asyncDispose]()));
  });
});

needsOwnRedis('RedisCacheStore', () => {
  it('finds nothing and keeps nothing while Redis is away, and comes back by itself', async () => {
    await using server = await RedisServer.start();
    const warnings: string[] = [];
    let isBack: (() => void) | undefined;
    const back = new Promise<void>((resolve) => (isBack = resolve));
    const logger = { ...noopServices.rootLogger(), warn: (message: string) => warnings.push(message), info: isBack! };
    await using store = await createStore(server.url, 'a', logger);
    await store.set('key', '1', undefined);
    expect(await store.get('key')).toBe('1');

    await server.kill();
    expect(await store.get('key')).toBeUndefined();
    await store.set('key', '2', undefined);
    await expect(store.delete('key')).rejects.toMatchObject({ code: 'ERR_CACHE_UNAVAILABLE', statusCode: 503 });
    // One warning, however much fails.
    expect(warnings).toEqual(['The cache cannot be reached: nothing is found in it, and nothing is kept']);

    await server.run();
    await back;
    await store.set('key', '3', undefined);
    expect(await store.get('key')).toBe('3');
  });

  it('starts without a Redis, and does not wait for one that does not answer', async () => {
    await using server = await RedisServer.start();
    await using store = await RedisCacheStore.create({
      url: server.url,
      keyPrefix: 'a',
      timeout: 50,
      logger: noopServices.rootLogger(),
    });
    server.freeze(true);
    expect(await store.get('key')).toBeUndefined();
    await store.set('key', '1', undefined);
    server.freeze(false);
    await server.kill();
    await using late = await createStore(server.url);
    expect(await late.get('key')).toBeUndefined();
  });
});

describe('RedisCacheStore', () => {
  it('says which package to install', async () => {
    const options = { url: 'redis://127.0.0.1', keyPrefix: 'a', timeout: 1, logger: noopServices.rootLogger() };
    const cause = new TypeError('not found');
    await expect(RedisCacheStore.create(options, () => Promise.reject(cause))).rejects.toMatchObject({
      code: 'ERR_CACHE_DRIVER_MISSING',
      hint: 'Install it: npm install @redis/client',
      cause,
    });
  });
});
