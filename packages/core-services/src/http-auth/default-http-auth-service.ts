import type { IncomingMessage } from 'node:http';
import type {
  AuthService,
  Credentials,
  HttpAuthService,
  PrincipalTypes,
  UserPrincipal,
} from '@bulkhead/backend-plugin-api';
import type { Request, Response } from 'express';
import { bearerTokenOf } from '../auth/bearer-token.ts';
import { describePrincipal, type Principal } from '../auth/credentials.ts';
import { missingCredentials, wrongPrincipal } from './errors.ts';
import { userCookieOf } from './user-cookie.ts';

/** What is known about a request: with limited tokens accepted, and without. */
interface Known {
  full?: Promise<Credentials>;
  limited?: Promise<Credentials>;
}

/**
 * Finds out who makes a request: by a bearer token, or where that is enough by the cookie of a user. Each request is
 * looked into once, however often it is asked about.
 */
export class DefaultHttpAuthService implements HttpAuthService {
  readonly #auth: AuthService;
  /** Belongs to this instance, since another plugin may answer the same token differently. */
  readonly #known = new WeakMap<IncomingMessage, Known>();

  constructor(auth: AuthService) {
    this.#auth = auth;
  }

  async credentials<TAllowed extends keyof PrincipalTypes = 'unknown'>(
    req: Request,
    options?: { readonly allow?: readonly TAllowed[]; readonly allowLimitedAccess?: boolean },
  ): Promise<Credentials<PrincipalTypes[TAllowed]>> {
    const credentials = await this.#recall(req, options?.allowLimitedAccess ?? false);
    const allowed: readonly (keyof PrincipalTypes)[] | undefined = options?.allow;
    const principal = credentials.principal as Principal;
    if (allowed === undefined || allowed.includes('unknown') || allowed.includes(principal.type)) {
      return credentials as Credentials<PrincipalTypes[TAllowed]>;
    }
    throw principal.type === 'none' ? missingCredentials() : wrongPrincipal(describePrincipal(principal), allowed);
  }

  async issueUserCookie(
    _res: Response,
    options?: { readonly credentials?: Credentials<UserPrincipal> },
  ): Promise<{ readonly expiresAt: Date }> {
    // Says that there are no limited tokens; a service that issues them comes with one that sets the cookie.
    return this.#auth.getLimitedUserToken(options?.credentials as Credentials<UserPrincipal>);
  }

  #recall(req: IncomingMessage, allowLimitedAccess: boolean): Promise<Credentials> {
    let known = this.#known.get(req);
    if (!known) {
      this.#known.set(req, (known = {}));
    }
    return allowLimitedAccess
      ? (known.limited ??= this.#identifyLimited(req))
      : (known.full ??= this.#identify(bearerTokenOf(req), false));
  }

  #identify(token: string | undefined, allowLimitedAccess: boolean): Promise<Credentials> {
    return token === undefined
      ? this.#auth.getNoneCredentials()
      : this.#auth.authenticate(token, { allowLimitedAccess });
  }

  async #identifyLimited(req: IncomingMessage): Promise<Credentials> {
    const token = bearerTokenOf(req);
    if (token !== undefined) {
      return this.#identify(token, true);
    }
    const credentials = await this.#identify(userCookieOf(req), true);
    if (this.#auth.isPrincipal(credentials, 'service')) {
      // Browsers send cookies on behalf of any page, so no service is identified by one.
      throw missingCredentials();
    }
    return credentials;
  }
}
