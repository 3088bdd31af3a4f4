import { createServiceRef, type ServiceRef } from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';
import type { CryptoKey } from 'jose';
import type { KeyName, VerificationKey } from './verification-key.ts';

/** A private key that never leaves the process, and what to write into the header of a token. */
export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly key: CryptoKey;
}

/** The keys of the plugins of this process. */
export interface PluginKeysService {
  /** The key with which a plugin signs its tokens. Others can know its public part once this has been resolved. */
  getSigningKey(pluginId: string): Promise<SigningKey>;
  /**
   * A public key of a plugin, also one that another process made in which the plugin runs.
   *
   * @throws ServiceUnavailableError `ERR_AUTH_KEYS_UNAVAILABLE` when the key may exist, but cannot be looked up
   */
  findPublicKey(pluginId: string, name: KeyName): Promise<VerificationKey | undefined>;
  /** All public keys of a plugin, as JSON Web Keys. */
  listPublicKeys(pluginId: string): Promise<readonly JsonObject[]>;
}

/** The keys of the plugins of this process. Not for plugins: they have `coreServices.auth`. */
export const pluginKeysServiceRef: ServiceRef<PluginKeysService, 'root', 'singleton'> =
  createServiceRef<PluginKeysService>({
    id: 'core.pluginKeys',
    scope: 'root',
    defaultFactory: async () => (await import('./plugin-keys-service-factory.ts')).pluginKeysServiceFactory,
  });
