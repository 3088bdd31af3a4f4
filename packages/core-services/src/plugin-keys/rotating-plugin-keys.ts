import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';
import { KeySet } from './key-set.ts';
import type { PluginKeysService, SigningKey } from './plugin-keys-service.ts';
import type { SharedKeys } from './shared-keys.ts';
import type { KeyName, VerificationKey } from './verification-key.ts';

const ALGORITHM = 'ES256';
const HOUR = 60 * 60 * 1_000;

/** Milliseconds after which a plugin makes a new key. */
const SIGNING_TIME = HOUR;
/** Milliseconds for which a key may go on signing while its successor is being made known. */
const HANDOVER_TIME = HOUR / 2;
/** Milliseconds for which the public part is kept: as long as it signs, as long as its tokens live, and an hour more. */
const PUBLIC_TIME = 3 * HOUR;

interface OwnKey {
  readonly signing: SigningKey;
  readonly verification: VerificationKey;
  readonly createdAt: number;
}

/**
 * A pair of keys for each plugin that issues tokens, made on first need and anew each hour. The private part is in the
 * memory of this process only, and cannot be exported from there; the public part is shared.
 */
export class RotatingPluginKeys implements PluginKeysService {
  readonly #shared: SharedKeys;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  /** By plugin id; the current one last. */
  readonly #own = new Map<string, readonly OwnKey[]>();
  readonly #making = new Map<string, Promise<OwnKey>>();
  /** The keys of other processes with the same plugin. */
  readonly #others = new Map<string, KeySet>();

  constructor(shared: SharedKeys, logger: LoggerService, now: () => number = Date.now) {
    this.#shared = shared;
    this.#logger = logger;
    this.#now = now;
  }

  async getSigningKey(pluginId: string): Promise<SigningKey> {
    const current = this.#own.get(pluginId)?.at(-1);
    const age = current ? this.#now() - current.createdAt : Infinity;
    if (current && age < SIGNING_TIME) {
      return current.signing;
    }
    const making = this.#makeOnce(pluginId);
    if (current && age < SIGNING_TIME + HANDOVER_TIME) {
      making.catch((error: unknown) => this.#logger.error(`No new key for plugin '${pluginId}'`, error as Error));
      return current.signing;
    }
    return (await making).signing;
  }

  async findPublicKey(pluginId: string, name: KeyName): Promise<VerificationKey | undefined> {
    const own = this.#own.get(pluginId)?.find(({ signing }) => signing.kid === name.kid);
    if (own) {
      return own.signing.alg === name.alg ? own.verification : undefined;
    }
    return this.#shared.areShared ? this.#othersOf(pluginId).find(name) : undefined;
  }

  async listPublicKeys(pluginId: string): Promise<readonly JsonObject[]> {
    return (await this.#shared.list(pluginId)).map(({ jwk }) => jwk);
  }

  #othersOf(pluginId: string): KeySet {
    let keys = this.#others.get(pluginId);
    if (!keys) {
      keys = new KeySet({
        issuer: `plugin '${pluginId}'`,
        logger: this.#logger,
        load: async () => {
          await this.#shared.refresh();
          return this.#shared.known(pluginId).map(({ jwk }) => jwk);
        },
      });
      this.#others.set(pluginId, keys);
    }
    return keys;
  }

  #makeOnce(pluginId: string): Promise<OwnKey> {
    let making = this.#making.get(pluginId);
    if (!making) {
      making = this.#make(pluginId).finally(() => this.#making.delete(pluginId));
      this.#making.set(pluginId, making);
    }
    return making;
  }

  async #make(pluginId: string): Promise<OwnKey> {
    const [{ exportJWK }, { generateKeyPair }] = await Promise.all([
      import('jose/key/export'),
      import('jose/key/generate/keypair'),
    ]);
    const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: false });
    const kid = randomUUID();
    const createdAt = this.#now();
    const jwk = { ...((await exportJWK(publicKey)) as JsonObject), kid, alg: ALGORITHM, use: 'sig' };
    await this.#shared.publish({ pluginId, kid, jwk, expiresAt: new Date(createdAt + PUBLIC_TIME) });
    const made: OwnKey = {
      signing: { kid, alg: ALGORITHM, key: privateKey },
      verification: { kid, alg: ALGORITHM, key: publicKey },
      createdAt,
    };
    const kept = (this.#own.get(pluginId) ?? []).filter((key) => createdAt - key.createdAt < PUBLIC_TIME);
    this.#own.set(pluginId, [...kept, made]);
    return made;
  }
}
