import type {
  Credentials,
  NonePrincipal,
  ServiceAccessRestrictions,
  ServicePrincipal,
  UserPrincipal,
} from '@bulkhead/backend-plugin-api';
import { createCredentials, type Principal } from '@bulkhead/core-services/auth';
import { formatMockToken, type MockToken } from './mock-tokens.ts';

/** The user that `mockCredentials.user()` stands for. */
export const DEFAULT_MOCK_USER = 'user:default/mock';

/** The external caller that `mockCredentials.service()` stands for. */
export const DEFAULT_MOCK_SERVICE = 'external:test';

/** Credentials with the token that proves them. Token and header are not enumerable, as on real credentials. */
export interface MockCredentials<TPrincipal> extends Credentials<TPrincipal> {
  /** Names the principal, not the token. */
  toString(): string;
  /** For `auth.authenticate(token)`; empty for nobody. */
  readonly token: string;
  /** For `.set('authorization', header)`; empty for nobody. */
  readonly header: string;
}

/** How a service differs from an unrestricted external caller. */
export interface MockServiceCredentialsOptions {
  /** The only plugin that accepts the token; without one, all do. */
  readonly targetPluginId?: string;
  readonly accessRestrictions?: ServiceAccessRestrictions;
}

/**
 * Credentials for tests. Test backends and the mocks of `auth` and `httpAuth` accept their tokens.
 *
 * @example
 * ```ts
 * const ada = mockCredentials.user('user:default/ada');
 * await anonymous.get('/api/todo/todos').set('authorization', ada.header);
 * ```
 */
export const mockCredentials = {
  /** Nobody: what a request without a token has. */
  none(): MockCredentials<NonePrincipal> {
    return createMockCredentials({ type: 'none' }, '');
  },
  /** A user, by default {@link DEFAULT_MOCK_USER}. */
  user(userEntityRef: string = DEFAULT_MOCK_USER): MockCredentials<UserPrincipal> {
    return credentialsOf({ type: 'user', userEntityRef }) as MockCredentials<UserPrincipal>;
  },
  /** A user who proves with a token that permits little, as kept in a cookie. */
  limitedUser(userEntityRef: string = DEFAULT_MOCK_USER): MockCredentials<UserPrincipal> {
    return credentialsOf({ type: 'user', userEntityRef, limited: true }) as MockCredentials<UserPrincipal>;
  },
  /** A plugin (`plugin:todo`) or an external caller, by default {@link DEFAULT_MOCK_SERVICE}. */
  service(
    subject: string = DEFAULT_MOCK_SERVICE,
    options: MockServiceCredentialsOptions = {},
  ): MockCredentials<ServicePrincipal> {
    return credentialsOf({ type: 'service', subject, ...options }) as MockCredentials<ServicePrincipal>;
  },
} as const;

/** Who a mock token proves somebody to be. */
export function principalOfMockToken(token: MockToken): UserPrincipal | ServicePrincipal {
  if (token.type === 'user') return { type: 'user', userEntityRef: token.userEntityRef };
  const { subject, onBehalfOf, accessRestrictions } = token;
  const service: ServicePrincipal = { type: 'service', subject, ...(accessRestrictions && { accessRestrictions }) };
  return onBehalfOf ? { type: 'user', userEntityRef: onBehalfOf, actor: service } : service;
}

function credentialsOf(token: MockToken): MockCredentials<UserPrincipal | ServicePrincipal> {
  return createMockCredentials(principalOfMockToken(token), formatMockToken(token));
}

function createMockCredentials<TPrincipal extends Principal>(
  principal: TPrincipal,
  token: string,
): MockCredentials<TPrincipal> {
  // The same as real ones, so that tests can compare the two.
  const credentials = createCredentials(principal, { token });
  return Object.defineProperty(credentials, 'header', {
    value: token && `Bearer ${token}`,
  }) as MockCredentials<TPrincipal>;
}
