import { describe, expect, it } from '@jest/globals';
import { mockServices } from '../index.ts';

describe('mockServices.cache', () => {
  it('lets entries die when its clock has advanced far enough', async () => {
    const cache = mockServices.cache({ entries: { old: 1 }, defaultTtl: { minutes: 1 } });
    await cache.set('a', 'b');
    await cache.withOptions({ ttl: 5 }).set('short', true);
    cache.advance(5);
    expect(cache.entries()).toEqual({ old: 1, a: 'b' });
    cache.advance('1m');
    expect(cache.entries()).toEqual({ old: 1 });
  });
});
