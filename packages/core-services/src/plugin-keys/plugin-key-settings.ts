import { ConfigReader, invalidConfigValue, type Config } from '@bulkhead/config';

/** One pair of keys in files. */
export interface StaticKeySettings {
  readonly publicKeyFile: string;
  /** Absent on keys that only verify. */
  readonly privateKeyFile?: string;
  readonly keyId: string;
  readonly algorithm: string;
}

/** What stands under `backend.auth.pluginKeyStore`. */
export type PluginKeySettings =
  | { readonly type: 'database' }
  | { readonly type: 'memory' }
  | { readonly type: 'static'; readonly keys: readonly [StaticKeySettings, ...StaticKeySettings[]] };

const KEY = 'backend.auth.pluginKeyStore';
const TYPES = ['database', 'memory', 'static'] as const;
const ALGORITHM = /^(?:ES(?:256|384|512)|EdDSA|Ed25519|[RP]S(?:256|384|512))$/;

/**
 * Reads `backend.auth.pluginKeyStore`.
 *
 * @param hasDatabase - whether the host may use a database; without one the keys are in memory unless said otherwise
 * @throws BulkheadError `ERR_CONFIG_VALUE`, and those of {@link Config}
 */
export function readPluginKeySettings(root: Config, hasDatabase: boolean): PluginKeySettings {
  const config = root.getOptionalConfig(KEY) ?? new ConfigReader({});
  const text = config.getOptionalString('type') ?? (hasDatabase ? 'database' : 'memory');
  const type = TYPES.find((candidate) => candidate === text);
  if (type === undefined) {
    throw invalidConfigValue(config, 'type', { expected: `one of ${TYPES.join(', ')}` });
  }
  return type === 'static' ? { type, keys: readStaticKeys(config) } : { type };
}

function readStaticKeys(config: Config): [StaticKeySettings, ...StaticKeySettings[]] {
  const [first, ...rest] = (config.getOptionalConfigArray('static.keys') ?? []).map((key, index) =>
    readStaticKey(key, index === 0),
  );
  if (!first) {
    throw invalidConfigValue(config, 'static.keys', {
      expected: 'a list of at least one key',
      hint: 'Write { publicKeyFile, privateKeyFile, keyId, algorithm: ES256 }; the first key signs.',
    });
  }
  return [first, ...rest];
}

function readStaticKey(config: Config, signs: boolean): StaticKeySettings {
  const algorithm = config.getOptionalString('algorithm') ?? 'ES256';
  if (!ALGORITHM.test(algorithm)) {
    throw invalidConfigValue(config, 'algorithm', { expected: 'an algorithm with a pair of keys, such as ES256' });
  }
  return {
    publicKeyFile: config.getString('publicKeyFile'),
    privateKeyFile: signs ? config.getString('privateKeyFile') : config.getOptionalString('privateKeyFile'),
    keyId: config.getString('keyId'),
    algorithm,
  };
}
