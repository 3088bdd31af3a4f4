import type {
  AuthService,
  Credentials,
  NonePrincipal,
  PrincipalTypes,
  ServicePrincipal,
  UserPrincipal,
} from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';
import { createCredentials, type Principal } from './credentials.ts';
import { cannotIssueTokens, invalidToken, limitedToken, nobodyToActFor } from './errors.ts';
import type { TokenHandler } from './token-handler.ts';

/** What {@link DefaultAuthService} is made of. */
export interface DefaultAuthServiceOptions {
  readonly pluginId: string;
  /** Asked in order; the first that knows a token decides. */
  readonly tokenHandlers: readonly TokenHandler[];
  /** Whether plugins accept calls of nobody. */
  readonly isDefaultPolicyDisabled: boolean;
}

/** Verifies tokens through an ordered list of handlers. */
export class DefaultAuthService implements AuthService {
  readonly #options: DefaultAuthServiceOptions;

  constructor(options: DefaultAuthServiceOptions) {
    this.#options = options;
  }

  async authenticate(token: string, options?: { readonly allowLimitedAccess?: boolean }): Promise<Credentials> {
    for (const handler of this.#options.tokenHandlers) {
      const verified = await handler.verify(token);
      if (verified) {
        if (verified.limited && !options?.allowLimitedAccess) {
          throw limitedToken();
        }
        return createCredentials(verified.principal, { token, expiresAt: verified.expiresAt });
      }
    }
    throw invalidToken();
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
    const { type } = options.onBehalfOf.principal as Principal;
    if (type === 'none' && this.#options.isDefaultPolicyDisabled) {
      // The target accepts nobody, so nobody may call.
      return { token: '' };
    }
    throw type === 'user' || type === 'service' ? cannotIssueTokens('tokens between plugins') : nobodyToActFor();
  }

  async getLimitedUserToken(
    _credentials: Credentials<UserPrincipal>,
  ): Promise<{ readonly token: string; readonly expiresAt: Date }> {
    throw cannotIssueTokens('limited tokens of users');
  }

  async listPublicServiceKeys(): Promise<{ readonly keys: readonly JsonObject[] }> {
    throw cannotIssueTokens('tokens between plugins, so it has no public keys');
  }
}
