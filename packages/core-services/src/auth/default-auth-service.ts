import type {
  AuthService,
  Credentials,
  NonePrincipal,
  PrincipalTypes,
  ServicePrincipal,
  UserPrincipal,
} from '@bulkhead/backend-plugin-api';
import type { JsonObject, MaybePromise } from '@bulkhead/types';
import type { PluginKeysService } from '../plugin-keys/plugin-keys-service.ts';
import { createCredentials, tokenOf, type Principal } from './credentials.ts';
import { cannotIssueTokens, invalidToken, limitedToken, nobodyToActFor, noUserToken, tokenTooLarge } from './errors.ts';
import { toLimitedUserToken } from './limited-user-token.ts';
import type { PromptAuth } from './prompt-auth.ts';
import type { PluginTokenIssuer } from './plugin-token-issuer.ts';
import type { TokenHandler, VerifiedToken } from './token-handler.ts';
import { MAX_TOKEN_LENGTH } from './unverified-token.ts';
import type { VerifiedTokens } from './verified-tokens.ts';

/** What {@link DefaultAuthService} is made of. */
export interface DefaultAuthServiceOptions {
  readonly pluginId: string;
  /** Asked in order; the first that knows a token decides. */
  readonly tokenHandlers: readonly TokenHandler[];
  /** Whether plugins accept calls of nobody. */
  readonly isDefaultPolicyDisabled: boolean;
  /** Remembers tokens that were verified. Without it each is verified anew. */
  readonly verified?: VerifiedTokens;
  /** Issues the tokens with which the plugin calls others. Without it there are none. */
  readonly issuer?: Pick<PluginTokenIssuer, 'issue'>;
  /** The keys behind these tokens. */
  readonly keys?: Pick<PluginKeysService, 'listPublicKeys'>;
}

/** Verifies tokens through an ordered list of handlers, and issues those with which the plugin calls others. */
export class DefaultAuthService implements AuthService, PromptAuth {
  readonly #options: DefaultAuthServiceOptions;

  constructor(options: DefaultAuthServiceOptions) {
    this.#options = options;
  }

  async authenticate(token: string, options?: { readonly allowLimitedAccess?: boolean }): Promise<Credentials> {
    if (token.length > MAX_TOKEN_LENGTH) {
      throw tokenTooLarge(MAX_TOKEN_LENGTH);
    }
    const verified = await this.#verify(token);
    if (verified.limited && !options?.allowLimitedAccess) {
      throw limitedToken();
    }
    return toCredentials(verified, token);
  }

  /** {@inheritDoc PromptAuth.authenticateNow} */
  authenticateNow(token: string, options?: { readonly allowLimitedAccess?: boolean }): Credentials | undefined {
    // What replaces the other door has replaced this one, too.
    if (this.authenticate !== DefaultAuthService.prototype.authenticate) {
      return undefined;
    }
    const { pluginId, verified } = this.#options;
    if (!verified || token.length > MAX_TOKEN_LENGTH) {
      return undefined;
    }
    const known = verified.recall(verified.keyOf(pluginId, token));
    return known && (!known.limited || options?.allowLimitedAccess) ? toCredentials(known, token) : undefined;
  }

  isPrincipal<TType extends keyof PrincipalTypes>(
    credentials: Credentials,
    type: TType,
  ): credentials is Credentials<PrincipalTypes[TType]> {
    return type === 'unknown' || (credentials.principal as Principal).type === type;
  }

  async getNoneCredentials(): Promise<Credentials<NonePrincipal>> {
    return createCredentials({ type: 'none' });
  }

  async getOwnServiceCredentials(): Promise<Credentials<ServicePrincipal>> {
    return createCredentials({ type: 'service', subject: `plugin:${this.#options.pluginId}` });
  }

  async getPluginRequestToken(options: {
    readonly onBehalfOf: Credentials;
    readonly targetPluginId: string;
  }): Promise<{ readonly token: string }> {
    const { onBehalfOf, targetPluginId } = options;
    const { type } = onBehalfOf.principal as Principal;
    const { issuer, isDefaultPolicyDisabled } = this.#options;
    if (type === 'none' && isDefaultPolicyDisabled) {
      // The target accepts nobody, so nobody may call.
      return { token: '' };
    }
    if (type !== 'user' && type !== 'service') {
      throw nobodyToActFor();
    }
    if (!issuer) {
      throw cannotIssueTokens('tokens between plugins');
    }
    const token = await issuer.issue(targetPluginId, type === 'user' ? userTokenOf(onBehalfOf) : undefined);
    return { token };
  }

  async getLimitedUserToken(
    credentials: Credentials<UserPrincipal>,
  ): Promise<{ readonly token: string; readonly expiresAt: Date }> {
    return toLimitedUserToken(userTokenOf(credentials));
  }

  async listPublicServiceKeys(): Promise<{ readonly keys: readonly JsonObject[] }> {
    const { pluginId, keys } = this.#options;
    if (!keys) {
      throw cannotIssueTokens('tokens between plugins, so it has no public keys');
    }
    return { keys: await keys.listPublicKeys(pluginId) };
  }

  #verify(token: string): MaybePromise<VerifiedToken> {
    const { pluginId, verified } = this.#options;
    if (!verified) {
      return this.#askHandlers(token);
    }
    const key = verified.keyOf(pluginId, token);
    return verified.recall(key) ?? verified.verify(key, () => this.#askHandlers(token));
  }

  async #askHandlers(token: string): Promise<VerifiedToken> {
    for (const handler of this.#options.tokenHandlers) {
      const verified = await handler.verify(token);
      if (verified) {
        return verified;
      }
    }
    throw invalidToken();
  }
}

function toCredentials(verified: VerifiedToken, token: string): Credentials {
  const { principal, expiresAt } = verified;
  // A copy: the other one may be remembered, and decides for how long.
  return createCredentials(principal, {
    token: verified.token ?? token,
    expiresAt: expiresAt && new Date(expiresAt),
  });
}

function userTokenOf(credentials: Credentials): string {
  const token = tokenOf(credentials);
  if (token === undefined) {
    throw noUserToken();
  }
  return token;
}
