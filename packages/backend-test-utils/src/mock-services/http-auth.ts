import type { AuthService, Credentials, HttpAuthService, UserPrincipal } from '@bulkhead/backend-plugin-api';
import { DefaultHttpAuthService } from '@bulkhead/core-services/http-auth';
import type { Response } from 'express';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import { MockTokenAuthService } from './auth.ts';
import type { MockPluginOptions } from './mock-service.ts';

/** The cookie in which a user's limited token is kept; the one that the real service reads. */
const USER_COOKIE = 'backstage-auth';

/** How a mock identifies callers. */
export interface MockHttpAuthOptions extends MockPluginOptions {
  /**
   * Who makes a request that has no token. Defaults to nobody, as in a real host: a handler that demands credentials
   * refuses such a request.
   */
  readonly defaultCredentials?: Credentials;
}

/** An {@link HttpAuthService} that accepts the tokens of `mockCredentials`. */
export type MockHttpAuth = Recorded<HttpAuthService>;

/** @internal */
export function createMockHttpAuth({ pluginId = 'test', defaultCredentials }: MockHttpAuthOptions): MockHttpAuth {
  const auth = new DefaultingAuthService(pluginId, defaultCredentials);
  return recordCalls<HttpAuthService>(new MockTokenHttpAuthService(auth));
}

/** The real service, which has no cookies, with cookies that hold mock tokens. */
export class MockTokenHttpAuthService extends DefaultHttpAuthService {
  readonly #auth: AuthService;

  constructor(auth: AuthService) {
    super(auth);
    this.#auth = auth;
  }

  override async issueUserCookie(
    res: Response,
    options: { readonly credentials?: Credentials<UserPrincipal> } = {},
  ): Promise<{ readonly expiresAt: Date }> {
    const credentials = options.credentials ?? (await this.credentials(res.req, { allow: ['user'] }));
    const { token, expiresAt } = await this.#auth.getLimitedUserToken(credentials);
    res.cookie(USER_COOKIE, token, { expires: expiresAt, httpOnly: true, sameSite: 'lax', encode: String });
    return { expiresAt };
  }
}

/** Takes those without a token for somebody. */
class DefaultingAuthService extends MockTokenAuthService {
  readonly #defaultCredentials: Credentials | undefined;

  constructor(pluginId: string, defaultCredentials: Credentials | undefined) {
    super(pluginId);
    this.#defaultCredentials = defaultCredentials;
  }

  override getNoneCredentials(): ReturnType<AuthService['getNoneCredentials']> {
    // Not what the name says, but it is what the service asks for when a request has no token.
    const given = this.#defaultCredentials as Awaited<ReturnType<AuthService['getNoneCredentials']>> | undefined;
    return given ? Promise.resolve(given) : super.getNoneCredentials();
  }
}
