import type { LoggerService } from '@bulkhead/backend-plugin-api';
import { isPublicKeyAlgorithm, type KeyName, type VerificationKey } from '../plugin-keys/verification-key.ts';
import { invalidToken, tokenExpired } from './errors.ts';
import type { UnverifiedToken } from './unverified-token.ts';

/** Seconds by which the clocks of two machines may differ. */
const CLOCK_TOLERANCE = 5;

/** What a token must be. */
export interface TokenDemands {
  /** The only type of token that is accepted; `undefined`: any. */
  readonly typ?: string;
  readonly audience?: string | readonly string[];
  readonly issuer?: readonly string[];
  /** Claims that must be there, besides those that are demanded otherwise. */
  readonly requiredClaims: readonly string[];
  /** Finds the key; whatever key a token itself names or brings along is not looked at. */
  readonly findKey: (name: KeyName) => Promise<VerificationKey | undefined>;
  /** Learns why a token is refused, which the caller does not. */
  readonly logger: LoggerService;
}

/** The claims of a token that has been verified and that all tokens have. */
export interface VerifiedClaims {
  readonly sub: string;
  /** `undefined` for the few tokens that may be without end. */
  readonly expiresAt: Date | undefined;
}

/**
 * Verifies the signature and the claims of a token.
 *
 * @throws AuthenticationError `ERR_AUTH_INVALID_TOKEN`, `ERR_AUTH_TOKEN_EXPIRED`
 */
export async function verifySignature(token: UnverifiedToken, demands: TokenDemands): Promise<VerifiedClaims> {
  const { text, alg, kid } = token;
  const { findKey, typ, audience, issuer, requiredClaims, logger } = demands;
  if (!isPublicKeyAlgorithm(alg) || (kid !== undefined && typeof kid !== 'string')) {
    throw refuse(logger, token, 'its header names no algorithm with a public key, or is malformed');
  }
  const found = await findKey({ kid, alg });
  if (!found) {
    throw refuse(logger, token, 'its issuer has no such key');
  }
  const [errors, { jwtVerify }] = await Promise.all([import('jose/errors'), import('jose/jwt/verify')]);
  try {
    const { payload } = await jwtVerify(text, found.key, {
      algorithms: [found.alg],
      typ,
      audience: audience as string | string[] | undefined,
      issuer: issuer as string[] | undefined,
      requiredClaims: [...requiredClaims, 'sub'],
      clockTolerance: CLOCK_TOLERANCE,
    });
    const { sub, iat, exp } = payload;
    if (typeof sub !== 'string' || sub === '' || (iat ?? 0) > Date.now() / 1_000 + CLOCK_TOLERANCE) {
      throw refuse(logger, token, 'it has no subject, or is not valid yet');
    }
    return { sub, expiresAt: exp === undefined ? undefined : new Date(exp * 1_000) };
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      throw tokenExpired();
    }
    throw error instanceof errors.JOSEError ? refuse(logger, token, error.message) : error;
  }
}

/** Says to operators why. */
export function refuse(logger: LoggerService, token: UnverifiedToken, reason: string): Error {
  const { typ, kid, claims } = token;
  const { sub, aud } = claims;
  logger.debug(`A token was refused: ${reason}`, {
    typ: shown(typ),
    kid: shown(kid),
    sub: shown(sub),
    aud: shown(aud),
  });
  return invalidToken();
}

/** Strangers write what they like into tokens. */
function shown(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value)?.slice(0, 100);
}
