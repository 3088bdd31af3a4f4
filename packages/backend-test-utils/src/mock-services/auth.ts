import type {
  AuthService,
  Credentials,
  NonePrincipal,
  PrincipalTypes,
  ServicePrincipal,
  UserPrincipal,
} from '@bulkhead/backend-plugin-api';
import { DefaultAuthService } from '@bulkhead/core-services/auth';
import type { JsonObject } from '@bulkhead/types';
import { mockCredentials, principalOfMockToken } from '../credentials/mock-credentials.ts';
import { formatMockToken, parseMockToken, type MockToken } from '../credentials/mock-tokens.ts';
import { mockTokenRefused } from '../errors.ts';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import type { MockPluginOptions } from './mock-service.ts';

/** How long a limited token of a mock is valid. */
const LIMITED_TOKEN_MILLISECONDS = 60 * 60 * 1000;

/** An {@link AuthService} that issues and verifies mock tokens, with the checks of a real one. */
export type MockAuth = Recorded<AuthService>;

/** @internal */
export function createMockAuth({ pluginId = 'test' }: MockPluginOptions): MockAuth {
  return recordCalls<AuthService>(new MockTokenAuthService(pluginId));
}

/** Issues mock tokens; verifies these, and through another service all others. */
export class MockTokenAuthService implements AuthService {
  readonly #pluginId: string;
  readonly #mockTokens: AuthService;
  readonly #otherTokens: AuthService | undefined;

  /** @param otherTokens - verifies tokens that are not mock tokens; without one they are refused */
  constructor(pluginId: string, otherTokens?: AuthService) {
    this.#pluginId = pluginId;
    this.#otherTokens = otherTokens;
    this.#mockTokens = new DefaultAuthService({
      pluginId,
      isDefaultPolicyDisabled: true,
      tokenHandlers: [{ verify: (text) => this.#verify(text) }],
    });
  }

  authenticate(token: string, options?: { readonly allowLimitedAccess?: boolean }): Promise<Credentials> {
    const isOther = this.#otherTokens && !parseMockToken(token);
    return (isOther ? this.#otherTokens : this.#mockTokens).authenticate(token, options);
  }

  isPrincipal<TType extends keyof PrincipalTypes>(
    credentials: Credentials,
    type: TType,
  ): credentials is Credentials<PrincipalTypes[TType]> {
    return this.#mockTokens.isPrincipal(credentials, type);
  }

  getNoneCredentials(): Promise<Credentials<NonePrincipal>> {
    return this.#mockTokens.getNoneCredentials();
  }

  async getOwnServiceCredentials(): Promise<Credentials<ServicePrincipal>> {
    return mockCredentials.service(`plugin:${this.#pluginId}`);
  }

  async getPluginRequestToken(options: {
    readonly onBehalfOf: Credentials;
    readonly targetPluginId: string;
  }): Promise<{ readonly token: string }> {
    const { onBehalfOf, targetPluginId } = options;
    const service = { type: 'service', subject: `plugin:${this.#pluginId}`, targetPluginId } as const;
    if (this.isPrincipal(onBehalfOf, 'service')) return { token: formatMockToken(service) };
    if (this.isPrincipal(onBehalfOf, 'user')) {
      return { token: formatMockToken({ ...service, onBehalfOf: onBehalfOf.principal.userEntityRef }) };
    }
    return (this.#otherTokens ?? this.#mockTokens).getPluginRequestToken(options);
  }

  async getLimitedUserToken(
    credentials: Credentials<UserPrincipal>,
  ): Promise<{ readonly token: string; readonly expiresAt: Date }> {
    const { userEntityRef } = credentials.principal;
    return {
      token: formatMockToken({ type: 'user', userEntityRef, limited: true }),
      expiresAt: new Date(Date.now() + LIMITED_TOKEN_MILLISECONDS),
    };
  }

  async listPublicServiceKeys(): Promise<{ readonly keys: readonly JsonObject[] }> {
    return { keys: [] };
  }

  #verify(text: string): { readonly principal: UserPrincipal | ServicePrincipal; readonly limited: boolean } {
    const token = parseMockToken(text);
    if (!token) throw mockTokenRefused('was not made by mockCredentials');
    const target = targetOf(token);
    if (target !== undefined && target !== this.#pluginId) {
      throw mockTokenRefused(`is for plugin '${target}' and was given to plugin '${this.#pluginId}'`);
    }
    return { principal: principalOfMockToken(token), limited: token.type === 'user' && token.limited === true };
  }
}

function targetOf(token: MockToken): string | undefined {
  return token.type === 'service' ? token.targetPluginId : undefined;
}
