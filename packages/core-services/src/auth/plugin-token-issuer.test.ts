import { describe, expect, it } from '@jest/globals';
import { decodeJwt, generateKeyPair } from 'jose';
import { LRUCache } from 'lru-cache';
import { PluginTokenIssuer, type IssuedToken } from './plugin-token-issuer.ts';

const MINUTE = 60_000;

async function createIssuer(max = 100): Promise<{
  readonly issuer: PluginTokenIssuer;
  readonly signatures: () => number;
  pass(milliseconds: number): void;
}> {
  const { privateKey: key } = await generateKeyPair('ES256');
  let signatures = 0;
  let now = Date.now();
  const getSigningKey = async () => {
    signatures += 1;
    return { kid: 'kid', alg: 'ES256', key };
  };
  const issued = new LRUCache<string, IssuedToken>({ max });
  const issuer = new PluginTokenIssuer({ pluginId: 'digest', keys: { getSigningKey }, issued, now: () => now });
  return { issuer, signatures: () => signatures, pass: (milliseconds) => void (now += milliseconds) };
}

describe('PluginTokenIssuer', () => {
  it('hands a token out again for half of its life', async () => {
    const { issuer, pass } = await createIssuer();
    const first = await issuer.issue('todo');
    pass(29 * MINUTE);
    expect(await issuer.issue('todo')).toBe(first);
    pass(2 * MINUTE);
    const second = await issuer.issue('todo');
    expect(second).not.toBe(first);
    expect(decodeJwt(second).exp! - decodeJwt(first).exp!).toBe(31 * 60);
  });

  it('signs once for all who ask at the same time', async () => {
    const { issuer, signatures } = await createIssuer();
    const tokens = await Promise.all(Array.from({ length: 50 }, () => issuer.issue('todo')));
    expect(new Set(tokens).size).toBe(1);
    expect(signatures()).toBe(1);
  });

  it('keeps no more than it may, and no failure', async () => {
    const { issuer, signatures } = await createIssuer(10);
    for (let index = 0; index < 20; index++) await issuer.issue(`plugin-${index}`);
    await issuer.issue('plugin-19');
    expect(signatures()).toBe(20);
    await issuer.issue('plugin-0');
    expect(signatures()).toBe(21);
    await expect(issuer.issue('todo', 'nonsense')).rejects.toMatchObject({ code: 'ERR_AUTH_INVALID_TOKEN' });
    await expect(issuer.issue('todo', 'nonsense')).rejects.toMatchObject({ code: 'ERR_AUTH_INVALID_TOKEN' });
    expect(signatures()).toBe(23);
  });
});
