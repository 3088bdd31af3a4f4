import type { IncomingMessage } from 'node:http';
import type {
  AuthService,
  Credentials,
  HttpAuthService,
  PrincipalTypes,
  UserPrincipal,
} from '@bulkhead/backend-plugin-api';
import type { MaybePromise } from '@bulkhead/types';
import type { Request, Response } from 'express';
import { bearerTokenOf } from '../auth/bearer-token.ts';
import type { PromptAuth, PromptHttpAuth } from '../auth/prompt-auth.ts';
import { describePrincipal, type Principal } from '../auth/credentials.ts';
import { foreignOrigin, missingCredentials, noCookies, wrongPrincipal } from './errors.ts';
import { PagePolicy } from './page-policy.ts';
import type { CookieIssuer } from './user-cookie-endpoint.ts';
import { setUserCookie, userCookieOf } from './user-cookie.ts';

/** Milliseconds of life that a cookie must have left not to be replaced. */
const ENOUGH_LIFE = 5 * 60 * 1_000;

/** What is known about a request: with limited tokens accepted, and without. */
interface Known {
  /** Who has found it out: another plugin may answer the same token differently. */
  readonly by: HttpAuthService;
  /** Whom it is about: what is on a request is on copies of it, too, which may have another token. */
  readonly of: IncomingMessage;
  full?: MaybePromise<Credentials>;
  limited?: MaybePromise<Credentials>;
}

/** Where requests carry it. A WeakMap would cost more than all the rest, when it is looked through for what is gone. */
const KNOWN = Symbol('bulkhead.credentials');

interface KnownRequest extends IncomingMessage {
  [KNOWN]?: Known;
}

/**
 * Finds out who makes a request: by a bearer token, or where that is enough by the cookie of a user. Each request is
 * looked into once, however often it is asked about.
 */
export class DefaultHttpAuthService implements HttpAuthService, CookieIssuer, PromptHttpAuth {
  readonly #auth: AuthService & PromptAuth;
  readonly #externalUrl: (() => Promise<string>) | undefined;
  readonly #pages: PagePolicy;

  /**
   * @param externalUrl - tells under which URL browsers reach the plugin; without it there are no cookies
   * @param isAllowedOrigin - which other origins may use the cookies of their users for more than reading
   */
  constructor(auth: AuthService, externalUrl?: () => Promise<string>, isAllowedOrigin?: (origin: string) => boolean) {
    this.#auth = auth;
    this.#externalUrl = externalUrl;
    this.#pages = new PagePolicy(externalUrl, isAllowedOrigin);
  }

  async credentials<TAllowed extends keyof PrincipalTypes = 'unknown'>(
    req: Request,
    options?: { readonly allow?: readonly TAllowed[]; readonly allowLimitedAccess?: boolean },
  ): Promise<Credentials<PrincipalTypes[TAllowed]>> {
    const credentials = await this.#recall(req, options?.allowLimitedAccess ?? false);
    const allowed: readonly (keyof PrincipalTypes)[] | undefined = options?.allow;
    if (isAllowed(credentials, allowed)) {
      return credentials as Credentials<PrincipalTypes[TAllowed]>;
    }
    const principal = credentials.principal as Principal;
    throw principal.type === 'none'
      ? missingCredentials()
      : wrongPrincipal(describePrincipal(principal), allowed ?? []);
  }

  /** {@inheritDoc PromptHttpAuth.credentialsNow} */
  credentialsNow(
    request: IncomingMessage,
    options: { readonly allow?: readonly (keyof PrincipalTypes)[]; readonly allowLimitedAccess?: boolean },
  ): Credentials | undefined {
    // What replaces the other door has replaced this one, too.
    if (this.credentials !== DefaultHttpAuthService.prototype.credentials) {
      return undefined;
    }
    const token = bearerTokenOf(request);
    const credentials = token === undefined ? undefined : this.#auth.authenticateNow?.(token, options);
    if (!credentials || !isAllowed(credentials, options.allow)) {
      return undefined;
    }
    this.#knownOf(request)[options.allowLimitedAccess ? 'limited' : 'full'] ??= credentials;
    return credentials;
  }

  async issueUserCookie(
    res: Response,
    options?: { readonly credentials?: Credentials },
  ): Promise<{ readonly expiresAt: Date }> {
    const given = options?.credentials;
    if (given && this.#auth.isPrincipal(given, 'none')) {
      await this.removeUserCookie(res);
      return { expiresAt: new Date() };
    }
    const credentials = given ?? (await this.credentials(res.req, { allow: ['user'] }));
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      throw wrongPrincipal(describePrincipal((credentials as Credentials<Principal>).principal), ['user']);
    }
    const kept = await this.#expiryOfCookie(res.req, credentials);
    if (kept && kept.getTime() - Date.now() > ENOUGH_LIFE) {
      return { expiresAt: kept };
    }
    const { token, expiresAt } = await this.#auth.getLimitedUserToken(credentials);
    setUserCookie(res, { token, expiresAt, externalUrl: await this.#findExternalUrl() });
    return { expiresAt };
  }

  async removeUserCookie(res: Response): Promise<void> {
    setUserCookie(res, { token: '', expiresAt: new Date(0), externalUrl: await this.#findExternalUrl() });
  }

  async #findExternalUrl(): Promise<string> {
    if (!this.#externalUrl) {
      throw noCookies();
    }
    return this.#externalUrl();
  }

  /** How long the cookie that came with a request lasts; `undefined` if it is not one of this user. */
  async #expiryOfCookie(req: IncomingMessage, user: Credentials<UserPrincipal>): Promise<Date | undefined> {
    const token = userCookieOf(req);
    const known = await (token && this.#auth.authenticate(token, { allowLimitedAccess: true }).catch(() => undefined));
    return known &&
      this.#auth.isPrincipal(known, 'user') &&
      known.principal.userEntityRef === user.principal.userEntityRef
      ? known.expiresAt
      : undefined;
  }

  #knownOf(request: KnownRequest): Known {
    const known = request[KNOWN];
    return known?.by === this && known.of === request ? known : (request[KNOWN] = { by: this, of: request });
  }

  #recall(req: IncomingMessage, allowLimitedAccess: boolean): MaybePromise<Credentials> {
    const known = this.#knownOf(req);
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
    // Browsers send cookies on behalf of any page, so no service is identified by one, and not every page may act.
    const cookie = userCookieOf(req);
    if (cookie !== undefined && !(await this.#pages.mayMake(req))) {
      throw foreignOrigin();
    }
    const credentials = await this.#identify(cookie, true);
    if (this.#auth.isPrincipal(credentials, 'service')) {
      throw missingCredentials();
    }
    return credentials;
  }
}

function isAllowed({ principal }: Credentials, allowed: readonly (keyof PrincipalTypes)[] | undefined): boolean {
  return allowed === undefined || allowed.includes('unknown') || allowed.includes((principal as Principal).type);
}
