import type { DiscoveryService, LoggerService } from '@bulkhead/backend-plugin-api';
import type { Issuers } from './issuers.ts';
import type { TokenHandler, VerifiedToken } from './token-handler.ts';
import { TOKEN_TYPES } from './token-types.ts';
import { readUnverifiedToken } from './unverified-token.ts';
import { refuse, verifySignature } from './verify-signature.ts';

/** What {@link PluginTokenHandler} is made of. */
export interface PluginTokenHandlerOptions {
  /** The plugin for which tokens must be. */
  readonly pluginId: string;
  readonly issuers: Issuers;
  readonly discovery: DiscoveryService;
  readonly logger: LoggerService;
  /** Verifies the token of the user on whose behalf a plugin calls. */
  readonly users: TokenHandler;
}

/** Understands the tokens with which plugins call each other, for themselves or on behalf of a user. */
export class PluginTokenHandler implements TokenHandler {
  readonly #options: PluginTokenHandlerOptions;

  constructor(options: PluginTokenHandlerOptions) {
    this.#options = options;
  }

  async verify(text: string): Promise<VerifiedToken | undefined> {
    const { pluginId, issuers, discovery, logger } = this.#options;
    const token = readUnverifiedToken(text);
    if (token?.typ !== TOKEN_TYPES.plugin) {
      return undefined;
    }
    const { sub: issuer, obo } = token.claims;
    const { sub, expiresAt } = await verifySignature(token, {
      typ: TOKEN_TYPES.plugin,
      audience: pluginId,
      requiredClaims: ['iat', 'exp', 'aud'],
      findKey: async (name) =>
        name.kid !== undefined && typeof issuer === 'string'
          ? issuers.findPluginKey(issuer, discovery, name)
          : undefined,
      logger,
    });
    const actor = { type: 'service', subject: `plugin:${sub}` } as const;
    if (obo === undefined) {
      return { principal: actor, expiresAt };
    }
    const user = typeof obo === 'string' ? await this.#options.users.verify(obo) : undefined;
    if (user?.principal.type !== 'user') {
      throw refuse(logger, token, 'it names no user on whose behalf it is');
    }
    return {
      principal: { ...user.principal, actor },
      expiresAt: earlier(expiresAt, user.expiresAt),
      // With which the user can be spoken for once more.
      token: obo as string,
    };
  }
}

function earlier(a: Date | undefined, b: Date | undefined): Date | undefined {
  return a && b && b < a ? b : (a ?? b);
}
