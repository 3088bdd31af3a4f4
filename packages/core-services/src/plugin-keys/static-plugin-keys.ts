import { readFile } from 'node:fs/promises';
import type { JsonObject } from '@bulkhead/types';
import type { CryptoKey } from 'jose';
import { unreadableKeyFile } from './errors.ts';
import type { StaticKeySettings } from './plugin-key-settings.ts';
import type { PluginKeysService, SigningKey } from './plugin-keys-service.ts';
import type { KeyName, VerificationKey } from './verification-key.ts';

interface StaticKey {
  readonly verification: VerificationKey;
  readonly jwk: JsonObject;
}

/** Keys out of files, the same for all plugins. The first one signs; the others verify what they signed before. */
export class StaticPluginKeys implements PluginKeysService {
  readonly #signing: SigningKey;
  readonly #keys: readonly StaticKey[];

  private constructor(signing: SigningKey, keys: readonly StaticKey[]) {
    this.#signing = signing;
    this.#keys = keys;
  }

  /** @throws BulkheadError `ERR_AUTH_KEY_FILE` */
  static async load([first, ...rest]: readonly [StaticKeySettings, ...StaticKeySettings[]]): Promise<StaticPluginKeys> {
    const { importPKCS8 } = await import('jose/key/import');
    const privateKeyFile = first.privateKeyFile as string;
    const key = await readKey(privateKeyFile, (pem) => importPKCS8(pem, first.algorithm));
    const keys = await Promise.all([first, ...rest].map((settings) => readPublicKey(settings)));
    return new StaticPluginKeys({ kid: first.keyId, alg: first.algorithm, key }, keys);
  }

  async getSigningKey(): Promise<SigningKey> {
    return this.#signing;
  }

  async findPublicKey(_pluginId: string, { kid, alg }: KeyName): Promise<VerificationKey | undefined> {
    return this.#keys.find(({ verification }) => verification.kid === kid && verification.alg === alg)?.verification;
  }

  async listPublicKeys(): Promise<readonly JsonObject[]> {
    return this.#keys.map(({ jwk }) => jwk);
  }
}

async function readPublicKey({ publicKeyFile, keyId, algorithm }: StaticKeySettings): Promise<StaticKey> {
  const [{ exportJWK }, { importSPKI }] = await Promise.all([import('jose/key/export'), import('jose/key/import')]);
  const key = await readKey(publicKeyFile, (pem) => importSPKI(pem, algorithm, { extractable: true }));
  return {
    verification: { kid: keyId, alg: algorithm, key },
    jwk: { ...((await exportJWK(key)) as JsonObject), kid: keyId, alg: algorithm, use: 'sig' },
  };
}

async function readKey(file: string, parse: (pem: string) => Promise<CryptoKey>): Promise<CryptoKey> {
  try {
    return await parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw unreadableKeyFile(file, error);
  }
}
