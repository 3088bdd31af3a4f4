import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigReader } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import { exportPKCS8, exportSPKI, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { readPluginKeySettings, type PluginKeySettings } from './plugin-key-settings.ts';
import { StaticPluginKeys } from './static-plugin-keys.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'));
  for (const [name, alg] of [
    ['new', 'ES256'],
    ['old', 'RS256'],
  ] as const) {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    await writeFile(join(folder, `${name}.private.pem`), await exportPKCS8(privateKey));
    await writeFile(join(folder, `${name}.public.pem`), await exportSPKI(publicKey));
  }
});

afterAll(() => rm(folder, { recursive: true }));

function read(pluginKeyStore: JsonObject | undefined, hasDatabase = true): PluginKeySettings {
  return readPluginKeySettings(new ConfigReader({ backend: { auth: { pluginKeyStore } } }), hasDatabase);
}

function keyNamed(name: string, algorithm?: string): JsonObject {
  return {
    keyId: name,
    publicKeyFile: join(folder, `${name}.public.pem`),
    privateKeyFile: join(folder, `${name}.private.pem`),
    ...(algorithm !== undefined && { algorithm }),
  };
}

async function load(...keys: JsonObject[]): Promise<StaticPluginKeys> {
  const settings = read({ type: 'static', static: { keys } });
  if (settings.type !== 'static') throw new TypeError('not static');
  return StaticPluginKeys.load(settings.keys);
}

describe('StaticPluginKeys', () => {
  it('signs with the first key, and verifies with all', async () => {
    const keys = await load(keyNamed('new'), keyNamed('old', 'RS256'));
    const { kid, alg, key } = await keys.getSigningKey();
    expect({ kid, alg }).toEqual({ kid: 'new', alg: 'ES256' });
    const token = await new SignJWT({ sub: 'todo' }).setProtectedHeader({ kid, alg }).sign(key);
    const found = await keys.findPublicKey('todo', { kid, alg });
    expect((await jwtVerify(token, found!.key)).payload.sub).toBe('todo');
    expect(await keys.findPublicKey('todo', { kid: 'old', alg: 'RS256' })).toBeDefined();
    expect(await keys.findPublicKey('todo', { kid: 'old', alg: 'ES256' })).toBeUndefined();
    expect(await keys.findPublicKey('todo', { kid: 'unknown', alg: 'ES256' })).toBeUndefined();
    expect(await keys.listPublicKeys()).toMatchObject([
      { kid: 'new', alg: 'ES256', kty: 'EC', use: 'sig' },
      { kid: 'old', alg: 'RS256', kty: 'RSA', use: 'sig' },
    ]);
    expect(JSON.stringify(await keys.listPublicKeys())).not.toContain('"d"');
  });

  it.each([[{ privateKeyFile: 'missing.pem' }], [{ publicKeyFile: 'missing.pem' }], [{ algorithm: 'RS256' }]])(
    'says which file cannot be used (%j)',
    async (wrong) => {
      await expect(load({ ...keyNamed('new'), ...wrong })).rejects.toMatchObject({
        code: 'ERR_AUTH_KEY_FILE',
        message: expect.stringMatching(/pem holds no key that can be used$/),
      });
    },
  );
});

describe('readPluginKeySettings', () => {
  it('takes the database if there is one', () => {
    expect(read(undefined)).toEqual({ type: 'database' });
    expect(read(undefined, false)).toEqual({ type: 'memory' });
    expect(read({ type: 'memory' })).toEqual({ type: 'memory' });
    expect(read({ type: 'database' }, false)).toEqual({ type: 'database' });
  });

  it.each<[JsonObject, RegExp]>([
    [{ type: 'redis' }, /pluginKeyStore\.type.* must be one of database, memory, static/],
    [{ type: 'static' }, /static\.keys.* must be a list of at least one key/],
    [{ type: 'static', static: { keys: [{ keyId: 'a', publicKeyFile: 'b' }] } }, /privateKeyFile/],
    [{ type: 'static', static: { keys: [{ keyId: 'a', algorithm: 'HS256' }] } }, /algorithm.* with a pair of keys/],
  ])('refuses %j', (given, message) => {
    expect(() => read(given)).toThrow(message);
  });
});
