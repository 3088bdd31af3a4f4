import type {
  AuthService,
  Credentials,
  HttpAuthService,
  PrincipalTypes,
  UserPrincipal,
} from '@bulkhead/backend-plugin-api';
import { AuthenticationError, NotAllowedError } from '@bulkhead/errors';
import type { Request, Response } from 'express';
import { mockCredentials } from '../credentials/mock-credentials.ts';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import { createMockAuth } from './auth.ts';
import type { MockPluginOptions } from './mock-service.ts';

/** The cookie that the mock sets and reads. */
const COOKIE = 'mock-auth';

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
export function createMockHttpAuth(options: MockHttpAuthOptions): MockHttpAuth {
  const { pluginId, defaultCredentials = mockCredentials.none() } = options;
  return recordCalls<HttpAuthService>(new MockTokenHttpAuth(createMockAuth({ pluginId }), defaultCredentials));
}

class MockTokenHttpAuth implements HttpAuthService {
  readonly #auth: AuthService;
  readonly #defaultCredentials: Credentials;

  constructor(auth: AuthService, defaultCredentials: Credentials) {
    this.#auth = auth;
    this.#defaultCredentials = defaultCredentials;
  }

  async credentials<TAllowed extends keyof PrincipalTypes = 'unknown'>(
    req: Request,
    options: { readonly allow?: readonly TAllowed[]; readonly allowLimitedAccess?: boolean } = {},
  ): Promise<Credentials<PrincipalTypes[TAllowed]>> {
    const { allow, allowLimitedAccess = false } = options;
    const credentials = await this.#identify(req, allowLimitedAccess);
    const isAllowed = !allow || allow.some((type) => this.#auth.isPrincipal(credentials, type));
    if (isAllowed) return credentials as Credentials<PrincipalTypes[TAllowed]>;
    if (this.#auth.isPrincipal(credentials, 'none')) throw new AuthenticationError('The request has no credentials');
    throw new NotAllowedError(`This is only for: ${allow.join(', ')}`);
  }

  async issueUserCookie(
    res: Response,
    options: { readonly credentials?: Credentials<UserPrincipal> } = {},
  ): Promise<{ readonly expiresAt: Date }> {
    const credentials = options.credentials ?? (await this.credentials(res.req, { allow: ['user'] }));
    const { token, expiresAt } = await this.#auth.getLimitedUserToken(credentials);
    res.cookie(COOKIE, token, { expires: expiresAt, httpOnly: true, sameSite: 'lax' });
    return { expiresAt };
  }

  async #identify(req: Request, allowLimitedAccess: boolean): Promise<Credentials> {
    const bearer = /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '')?.[1];
    if (bearer) return this.#auth.authenticate(bearer, { allowLimitedAccess });
    const cookie = allowLimitedAccess ? readCookie(req) : undefined;
    return cookie ? this.#auth.authenticate(cookie, { allowLimitedAccess }) : this.#defaultCredentials;
  }
}

function readCookie(req: Request): string | undefined {
  const pairs = (req.headers.cookie ?? '').split('; ');
  const value = pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
  return value && decodeURIComponent(value);
}
