import { invalidToken } from './errors.ts';
import { TOKEN_TYPES } from './token-types.ts';
import { readUnverifiedToken } from './unverified-token.ts';

/** A token for passing on. */
export interface ExpiringToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/**
 * Makes the limited token of a user out of the full one, which brings the signature for it along in the claim `uip`.
 * Tokens that are limited already, or too old to have that claim, stay what they are.
 *
 * @param text - has been verified
 * @throws AuthenticationError `ERR_AUTH_INVALID_TOKEN` when it is no token of a user
 */
export function toLimitedUserToken(text: string): ExpiringToken {
  const token = readUnverifiedToken(text);
  const { sub, iat, exp, uip } = token?.claims ?? {};
  if (!token || typeof exp !== 'number') {
    throw invalidToken();
  }
  const expiresAt = new Date(exp * 1_000);
  if (token.typ === undefined || token.typ === TOKEN_TYPES.limitedUser) {
    return { token: text, expiresAt };
  }
  if (token.typ !== TOKEN_TYPES.user || typeof uip !== 'string') {
    throw invalidToken();
  }
  // The order of the members is part of what was signed.
  const header = encode({ typ: TOKEN_TYPES.limitedUser, alg: token.alg, kid: token.kid });
  return { token: `${header}.${encode({ sub, iat, exp })}.${uip}`, expiresAt };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
