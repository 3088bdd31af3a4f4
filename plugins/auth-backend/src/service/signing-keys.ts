import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@bulkhead/types';
import { exportJWK, generateKeyPair, type CryptoKey } from 'jose';
import type { PublicKey } from './auth-store.ts';

/** A private key, and what to write into the header of a token. */
export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly key: CryptoKey;
}

const ALGORITHM = 'ES256';
const HOUR = 60 * 60 * 1_000;

/** Milliseconds after which a new key is made. */
const SIGNING_TIME = HOUR;
/** Milliseconds for which the public part is kept: as long as it signs, as long as tokens live, and an hour more. */
const PUBLIC_TIME = 3 * HOUR;

/**
 * The keys with which tokens of users are signed: made on first need, and anew each hour. A private key is in the memory
 * of this process only, from where it cannot be exported. Public keys are in the database, so that all replicas show
 * those of each other, and tokens outlive the process that issued them.
 */
export class SigningKeys {
  readonly #publish: (key: PublicKey) => Promise<void>;
  readonly #now: () => number;
  #current: { readonly key: Promise<SigningKey>; readonly createdAt: number } | undefined;

  /** @param publish - makes a public key known; nothing is signed before */
  constructor(publish: (key: PublicKey) => Promise<void>, now: () => number = Date.now) {
    this.#publish = publish;
    this.#now = now;
  }

  /** The key to sign with. @throws what `publish` throws */
  current(): Promise<SigningKey> {
    const now = this.#now();
    if (!this.#current || now - this.#current.createdAt >= SIGNING_TIME) {
      const current = { key: this.#make(now), createdAt: now };
      this.#current = current;
      current.key.catch(() => {
        // The next one who signs in is a new attempt.
        if (this.#current === current) this.#current = undefined;
      });
    }
    return this.#current.key;
  }

  async #make(now: number): Promise<SigningKey> {
    const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: false });
    const kid = randomUUID();
    const jwk = { ...((await exportJWK(publicKey)) as JsonObject), kid, alg: ALGORITHM, use: 'sig' };
    await this.#publish({ kid, jwk, expiresAt: new Date(now + PUBLIC_TIME) });
    return { kid, alg: ALGORITHM, key: privateKey };
  }
}
