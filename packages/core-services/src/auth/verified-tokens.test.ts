import { describe, expect, it } from '@jest/globals';
import { LRUCache } from 'lru-cache';
import type { VerifiedToken } from './token-handler.ts';
import { VerifiedTokens } from './verified-tokens.ts';

const IN_AN_HOUR = new Date(Date.now() + 3_600_000);

function verifiedUntil(expiresAt: Date | undefined): VerifiedToken {
  return { principal: { type: 'service', subject: 'plugin:digest' }, expiresAt };
}

describe('VerifiedTokens', () => {
  it('recalls what has been verified until it expires', async () => {
    const tokens = new VerifiedTokens(new LRUCache({ max: 10 }));
    const remember = async (token: string, expiresAt: Date | undefined): Promise<VerifiedToken | undefined> => {
      await tokens.verify(tokens.keyOf('todo', token), async () => verifiedUntil(expiresAt));
      return tokens.recall(tokens.keyOf('todo', token));
    };
    const kept = await remember('a', IN_AN_HOUR);
    expect(kept).toEqual(verifiedUntil(IN_AN_HOUR));
    expect(Object.isFrozen(kept?.principal)).toBe(true);
    expect(await remember('b', new Date(Date.now() - 1))).toBeUndefined();
    expect(await remember('c', undefined)).toBeUndefined();
  });

  it('keeps plugins apart, and holds no token', async () => {
    const kept = new LRUCache<string, VerifiedToken>({ max: 10 });
    const tokens = new VerifiedTokens(kept);
    await tokens.verify(tokens.keyOf('todo', 'the-token'), async () => verifiedUntil(IN_AN_HOUR));
    expect(tokens.recall(tokens.keyOf('digest', 'the-token'))).toBeUndefined();
    expect(JSON.stringify([...kept.keys()])).not.toContain('the-token');
  });

  it('verifies a token once for all who ask at the same time, and anew after a refusal', async () => {
    const tokens = new VerifiedTokens(new LRUCache({ max: 10 }));
    let count = 0;
    const refuse = async (): Promise<VerifiedToken> => {
      count += 1;
      throw new TypeError('refused');
    };
    const ask = (): Promise<unknown> => tokens.verify('key', refuse).catch((error: unknown) => error);
    await Promise.all([ask(), ask(), ask()]);
    expect(count).toBe(1);
    await ask();
    expect(count).toBe(2);
  });

  it('holds no more than it may', async () => {
    const kept = new LRUCache<string, VerifiedToken>({ max: 10 });
    const tokens = new VerifiedTokens(kept);
    for (let index = 0; index < 100; index++) {
      await tokens.verify(tokens.keyOf('todo', `token ${index}`), async () => verifiedUntil(IN_AN_HOUR));
    }
    expect(kept.size).toBe(10);
  });
});
