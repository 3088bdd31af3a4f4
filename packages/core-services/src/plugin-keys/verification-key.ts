import type { JsonObject } from '@bulkhead/types';
import type { CryptoKey, JWK } from 'jose';

/** By what a token names the key that it was signed with. */
export interface KeyName {
  readonly kid: string | undefined;
  readonly alg: string;
}

/** A public key with which signatures are checked. */
export interface VerificationKey {
  /** The name of the key; `undefined` where the issuer gave none. */
  readonly kid: string | undefined;
  /** The one algorithm for which it is used, whatever a token says. */
  readonly alg: string;
  readonly key: CryptoKey;
}

/** The algorithm of keys that do not say it, by curve. RSA keys must say it: they fit several. */
const ALGORITHM_OF_CURVE: Readonly<Record<string, string>> = {
  'P-256': 'ES256',
  'P-384': 'ES384',
  'P-521': 'ES512',
  Ed25519: 'EdDSA',
};

/** Signatures with a pair of keys. Those with a shared secret have no place in a public set. */
const ALGORITHMS_OF_TYPE: Readonly<Record<string, RegExp>> = {
  EC: /^ES(?:256|384|512)$/,
  OKP: /^(?:EdDSA|Ed25519)$/,
  RSA: /^[RP]S(?:256|384|512)$/,
};

/** Whether an algorithm signs with a private key and is checked with a public one. */
export function isPublicKeyAlgorithm(alg: unknown): alg is string {
  return typeof alg === 'string' && Object.values(ALGORITHMS_OF_TYPE).some((pattern) => pattern.test(alg));
}

/**
 * Makes what an issuer publishes usable.
 *
 * @returns `undefined` for keys that cannot be used: secret or private ones, of an unknown kind, broken, or for encryption
 */
export async function readVerificationKey(jwk: unknown): Promise<VerificationKey | undefined> {
  if (typeof jwk !== 'object' || jwk === null) {
    return undefined;
  }
  const { kty, crv, kid, use, d } = jwk as JsonObject;
  const alg = (jwk as JsonObject).alg ?? ALGORITHM_OF_CURVE[textOf(crv)];
  const isUsable = typeof alg === 'string' && ALGORITHMS_OF_TYPE[textOf(kty)]?.test(alg) === true;
  // Whoever publishes a private key has lost it.
  if (!isUsable || d !== undefined || (use ?? 'sig') !== 'sig' || (kid !== undefined && typeof kid !== 'string')) {
    return undefined;
  }
  try {
    const { importJWK } = await import('jose/key/import');
    return { kid, alg, key: (await importJWK(jwk as JWK, alg)) as CryptoKey };
  } catch {
    return undefined;
  }
}

/** The usable keys of a set. */
export async function readVerificationKeys(jwks: readonly unknown[]): Promise<readonly VerificationKey[]> {
  const keys = await Promise.all(jwks.map((jwk) => readVerificationKey(jwk)));
  return keys.filter((key) => key !== undefined);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
