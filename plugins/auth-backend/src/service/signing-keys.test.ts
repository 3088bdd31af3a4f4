import { describe, expect, it } from '@jest/globals';
import type { PublicKey } from './auth-store.ts';
import { SigningKeys } from './signing-keys.ts';

const HOUR = 3_600_000;

describe('SigningKeys', () => {
  it('makes a key on first need, and another after an hour', async () => {
    const published: PublicKey[] = [];
    let now = Date.now();
    const keys = new SigningKeys(
      async (key) => void published.push(key),
      () => now,
    );
    const [first, same] = await Promise.all([keys.current(), keys.current()]);
    expect(same).toBe(first);
    expect(first).toMatchObject({ alg: 'ES256', key: { type: 'private', extractable: false } });
    now += HOUR;
    const second = await keys.current();
    expect(published.map(({ kid }) => kid)).toEqual([first.kid, second.kid]);
    expect(published[1]!.expiresAt).toEqual(new Date(now + 3 * HOUR));
    expect(Object.keys(published[0]!.jwk).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  });

  it('signs nothing with a key that nobody knows, and tries again', async () => {
    let attempts = 0;
    const keys = new SigningKeys(async () => {
      attempts += 1;
      if (attempts === 1) throw new TypeError('not now');
    });
    await expect(keys.current()).rejects.toThrow('not now');
    await expect(keys.current()).resolves.toMatchObject({ alg: 'ES256' });
    expect(attempts).toBe(2);
  });
});
