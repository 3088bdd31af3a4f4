import type { JsonObject } from '@bulkhead/types';

/** A public key of a plugin, to be shared by all processes that run it. */
export interface StoredKey {
  readonly pluginId: string;
  readonly kid: string;
  /** The public part as JSON Web Key. */
  readonly jwk: JsonObject;
  readonly expiresAt: Date;
}

/** Where processes share the public keys of their plugins. */
export interface PublicKeyStore {
  add(key: StoredKey): Promise<void>;
  /** The keys of some plugins that have not expired. */
  list(pluginIds: readonly string[]): Promise<readonly StoredKey[]>;
}
