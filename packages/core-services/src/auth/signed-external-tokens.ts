import type { LoggerService } from '@bulkhead/backend-plugin-api';
import { KeySet, type KeySetLimits } from '../plugin-keys/key-set.ts';
import { tokenExpired } from './errors.ts';
import type { ExternalAccess } from './external-access.ts';
import type { JwksAccess, LegacyAccess } from './external-access-types.ts';
import type { ExternalCaller } from './external-tokens-service.ts';
import { fetchJwks } from './jwks-request.ts';
import { readUnverifiedToken, type UnverifiedToken } from './unverified-token.ts';
import { verifySignature } from './verify-signature.ts';

/** What Backstage writes into tokens that are signed with a shared secret. */
const LEGACY_SUBJECT = 'backstage-server';

/** Finds out who signed a token, and when it expires; `undefined` if it was none of those that one knows. */
type Verify = (token: UnverifiedToken) => Promise<Pick<ExternalCaller, 'subject' | 'expiresAt'> | undefined>;

/** The callers whose tokens are signed: with a shared secret, or with the key of an issuer. */
export class SignedExternalTokens {
  readonly #entries: readonly { readonly verify: Verify; readonly restrictions: ExternalAccess['restrictions'] }[];

  constructor(entries: readonly ExternalAccess[], logger: LoggerService, limits?: Partial<KeySetLimits>) {
    this.#entries = entries.flatMap((entry) => {
      const { restrictions } = entry;
      switch (entry.type) {
        case 'legacy':
          return [{ verify: createLegacyVerification(entry), restrictions }];
        case 'jwks':
          return [{ verify: createJwksVerification(entry, logger, limits), restrictions }];
        case 'static':
        case 'custom':
          return [];
      }
    });
  }

  /** Who has a token; synchronous if it cannot be anybody's. */
  find(text: string): Promise<ExternalCaller | undefined> | undefined {
    const token = this.#entries.length === 0 ? undefined : readUnverifiedToken(text);
    return token && this.#find(token);
  }

  async #find(token: UnverifiedToken): Promise<ExternalCaller | undefined> {
    let refusal: Error | undefined;
    for (const { verify, restrictions } of this.#entries) {
      try {
        const caller = await verify(token);
        if (caller) {
          return { ...caller, restrictions };
        }
      } catch (error) {
        // Another entry may know the token; if none does, the reason of the first one is as good as any.
        refusal ??= error as Error;
      }
    }
    if (refusal) {
      throw refusal;
    }
    return undefined;
  }
}

function createLegacyVerification({ secret, subject }: LegacyAccess): Verify {
  return async ({ text, alg, claims }) => {
    if (alg !== 'HS256' || claims.sub !== LEGACY_SUBJECT || claims.aud !== undefined) {
      return undefined;
    }
    const [errors, { jwtVerify }] = await Promise.all([import('jose/errors'), import('jose/jwt/verify')]);
    try {
      const { exp } = (await jwtVerify(text, secret, { algorithms: ['HS256'] })).payload;
      return { subject, expiresAt: exp === undefined ? undefined : new Date(exp * 1_000) };
    } catch (error) {
      if (error instanceof errors.JWTExpired) {
        throw tokenExpired();
      }
      return undefined;
    }
  };
}

function createJwksVerification(entry: JwksAccess, logger: LoggerService, limits?: Partial<KeySetLimits>): Verify {
  const { url, issuers, audiences, algorithms, subjectPrefix } = entry;
  const keys = new KeySet({
    issuer: 'an issuer in backend.auth.externalAccess',
    logger,
    limits,
    load: () => fetchJwks(url),
  });
  return async (token) => {
    const { alg, claims } = token;
    // What is not from this issuer must not make us ask for its keys.
    if (issuers && !issuers.includes(claims.iss as string)) {
      return undefined;
    }
    if (algorithms && !algorithms.includes(alg as string)) {
      return undefined;
    }
    const { sub, expiresAt } = await verifySignature(token, {
      audience: audiences,
      issuer: issuers,
      requiredClaims: ['exp'],
      findKey: (name) => keys.find(name),
      logger,
    });
    return { subject: ['external', ...(subjectPrefix === undefined ? [] : [subjectPrefix]), sub].join(':'), expiresAt };
  };
}
