import type { DiscoveryService, LoggerService } from '@bulkhead/backend-plugin-api';
import type { Issuers } from './issuers.ts';
import type { TokenHandler, VerifiedToken } from './token-handler.ts';
import { TOKEN_TYPES, USER_AUDIENCE } from './token-types.ts';
import { readUnverifiedToken, type UnverifiedToken } from './unverified-token.ts';
import { verifySignature, type TokenDemands } from './verify-signature.ts';

type Kind = Pick<TokenDemands, 'typ' | 'audience' | 'requiredClaims'> & { readonly limited: boolean };

/** Understands the tokens that the plugin `auth` issues to users, and the limited ones that are made of them. */
export class UserTokenHandler implements TokenHandler {
  readonly #issuers: Issuers;
  readonly #discovery: DiscoveryService;
  readonly #logger: LoggerService;

  constructor(options: {
    readonly issuers: Issuers;
    readonly discovery: DiscoveryService;
    readonly logger: LoggerService;
  }) {
    this.#issuers = options.issuers;
    this.#discovery = options.discovery;
    this.#logger = options.logger;
  }

  async verify(text: string): Promise<VerifiedToken | undefined> {
    const token = readUnverifiedToken(text);
    const kind = token && kindOf(token);
    if (!kind) {
      return undefined;
    }
    const { limited, ...demands } = kind;
    const { sub, expiresAt } = await verifySignature(token, {
      ...demands,
      findKey: async (name) => (name.kid === undefined ? undefined : this.#issuers.findUserKey(this.#discovery, name)),
      logger: this.#logger,
    });
    return { principal: { type: 'user', userEntityRef: sub }, expiresAt, limited };
  }
}

function kindOf({ typ, claims }: UnverifiedToken): Kind | undefined {
  const requiredClaims = ['iat', 'exp'];
  if (typ === TOKEN_TYPES.limitedUser) {
    return { typ, requiredClaims, limited: true };
  }
  if (typ === TOKEN_TYPES.user) {
    return { typ, audience: USER_AUDIENCE, requiredClaims, limited: false };
  }
  // Tokens of older hosts say what they are by their audience only.
  return typ === undefined && claims.aud === USER_AUDIENCE
    ? { audience: USER_AUDIENCE, requiredClaims, limited: false }
    : undefined;
}
