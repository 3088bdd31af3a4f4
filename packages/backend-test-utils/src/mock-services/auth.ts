import type {
  AuthService,
  Credentials,
  NonePrincipal,
  PrincipalTypes,
  ServicePrincipal,
  UserPrincipal,
} from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';
import { credentialsOfMockToken, mockCredentials } from '../credentials/mock-credentials.ts';
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
  return recordCalls<AuthService>(new MockTokenAuth(pluginId));
}

class MockTokenAuth implements AuthService {
  readonly #pluginId: string;

  constructor(pluginId: string) {
    this.#pluginId = pluginId;
  }

  async authenticate(token: string, options: { readonly allowLimitedAccess?: boolean } = {}): Promise<Credentials> {
    return credentialsOfMockToken(verifyMockToken(token, this.#pluginId, options));
  }

  isPrincipal<TType extends keyof PrincipalTypes>(
    credentials: Credentials,
    type: TType,
  ): credentials is Credentials<PrincipalTypes[TType]> {
    return type === 'unknown' || (credentials.principal as { type?: unknown } | undefined)?.type === type;
  }

  async getNoneCredentials(): Promise<Credentials<NonePrincipal>> {
    return mockCredentials.none();
  }

  async getOwnServiceCredentials(): Promise<Credentials<ServicePrincipal>> {
    return mockCredentials.service(`plugin:${this.#pluginId}`);
  }

  async getPluginRequestToken(options: {
    readonly onBehalfOf: Credentials;
    readonly targetPluginId: string;
  }): Promise<{ readonly token: string }> {
    const { onBehalfOf, targetPluginId } = options;
    if (this.isPrincipal(onBehalfOf, 'none')) return { token: '' };
    const service = { type: 'service', subject: `plugin:${this.#pluginId}`, targetPluginId } as const;
    if (this.isPrincipal(onBehalfOf, 'service')) return { token: formatMockToken(service) };
    if (this.isPrincipal(onBehalfOf, 'user')) {
      return { token: formatMockToken({ ...service, onBehalfOf: onBehalfOf.principal.userEntityRef }) };
    }
    throw mockTokenRefused('is asked for on behalf of credentials of an unknown kind');
  }

  async getLimitedUserToken(
    credentials: Credentials<UserPrincipal>,
  ): Promise<{ readonly token: string; readonly expiresAt: Date }> {
    if (!this.isPrincipal(credentials, 'user')) throw mockTokenRefused('with limited access is for users only');
    const { userEntityRef } = credentials.principal;
    return {
      token: formatMockToken({ type: 'user', userEntityRef, limited: true }),
      expiresAt: new Date(Date.now() + LIMITED_TOKEN_MILLISECONDS),
    };
  }

  async listPublicServiceKeys(): Promise<{ readonly keys: readonly JsonObject[] }> {
    return { keys: [] };
  }
}

/**
 * What a mock token says, if the plugin accepts it.
 *
 * @throws AuthenticationError `ERR_TEST_MOCK_TOKEN`
 */
export function verifyMockToken(
  text: string,
  pluginId: string,
  options: { readonly allowLimitedAccess?: boolean } = {},
): MockToken {
  const token = parseMockToken(text);
  if (!token) throw mockTokenRefused('was not made by mockCredentials');
  if (token.type === 'user' && token.limited && !options.allowLimitedAccess) {
    throw mockTokenRefused('has limited access and full access is asked for');
  }
  const target = token.type === 'service' ? token.targetPluginId : undefined;
  if (target !== undefined && target !== pluginId) {
    throw mockTokenRefused(`is for plugin '${target}' and was given to plugin '${pluginId}'`);
  }
  return token;
}
