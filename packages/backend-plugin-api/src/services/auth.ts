import type { JsonObject } from '@bulkhead/types';
import type { Request, Response } from 'express';

/** A person, known by entity ref (`user:default/ada`). */
export interface UserPrincipal {
  readonly type: 'user';
  readonly userEntityRef: string;
  /** The service that acts on behalf of the user, if any. */
  readonly actor?: ServicePrincipal;
}

/** Another plugin (`plugin:todo`) or an external caller. */
export interface ServicePrincipal {
  readonly type: 'service';
  readonly subject: string;
  /** Limits what an external caller may do; absent means no limits. */
  readonly accessRestrictions?: ServiceAccessRestrictions;
}

/** Nobody in particular. */
export interface NonePrincipal {
  readonly type: 'none';
}

/** What a restricted service may do. */
export interface ServiceAccessRestrictions {
  readonly permissionNames?: readonly string[];
  readonly permissionAttributes?: { readonly action?: readonly ('create' | 'read' | 'update' | 'delete')[] };
}

/** The kinds of principal by the name that `credentials(req, { allow })` and `isPrincipal` take. */
export interface PrincipalTypes {
  readonly user: UserPrincipal;
  readonly service: ServicePrincipal;
  readonly none: NonePrincipal;
  readonly unknown: unknown;
}

/**
 * Who made a request. The token itself is not enumerable, so that it is not logged by accident. The marker is the one
 * that published Backstage packages look for.
 */
export interface Credentials<TPrincipal = unknown> {
  readonly $$type: '@backstage/BackstageCredentials';
  /** When the underlying token expires. */
  readonly expiresAt?: Date;
  readonly principal: TPrincipal;
}

/** Tokens and the credentials behind them. */
export interface AuthService {
  /**
   * Verifies a token.
   *
   * @throws AuthenticationError when it is not valid.
   */
  authenticate(token: string, options?: { readonly allowLimitedAccess?: boolean }): Promise<Credentials>;
  /** Narrows credentials to a kind of principal. */
  isPrincipal<TType extends keyof PrincipalTypes>(
    credentials: Credentials,
    type: TType,
  ): credentials is Credentials<PrincipalTypes[TType]>;
  /** Credentials of nobody. */
  getNoneCredentials(): Promise<Credentials<NonePrincipal>>;
  /** Credentials of the plugin itself. */
  getOwnServiceCredentials(): Promise<Credentials<ServicePrincipal>>;
  /** A token with which to call `targetPluginId` on behalf of somebody. */
  getPluginRequestToken(options: {
    readonly onBehalfOf: Credentials;
    readonly targetPluginId: string;
  }): Promise<{ readonly token: string }>;
  /** A token that proves who the user is but permits little; fit for a cookie. */
  getLimitedUserToken(
    credentials: Credentials<UserPrincipal>,
  ): Promise<{ readonly token: string; readonly expiresAt: Date }>;
  /** The public keys with which others verify this plugin's tokens. */
  listPublicServiceKeys(): Promise<{ readonly keys: readonly JsonObject[] }>;
}

/** Credentials of HTTP requests. */
export interface HttpAuthService {
  /**
   * Who made the request.
   *
   * @throws AuthenticationError when nobody is known but `allow` demands it; NotAllowedError for the wrong kind.
   */
  credentials<TAllowed extends keyof PrincipalTypes = 'unknown'>(
    req: Request,
    options?: { readonly allow?: readonly TAllowed[]; readonly allowLimitedAccess?: boolean },
  ): Promise<Credentials<PrincipalTypes[TAllowed]>>;
  /**
   * Sets the cookie by which a browser identifies its user towards `user-cookie` paths.
   *
   * @param options - whose cookie; that of whoever made the request by default. Credentials of nobody remove it.
   */
  issueUserCookie(
    res: Response,
    options?: { readonly credentials?: Credentials },
  ): Promise<{ readonly expiresAt: Date }>;
}

/** What is known about a user. */
export interface UserInfo {
  readonly userEntityRef: string;
  readonly ownershipEntityRefs: readonly string[];
}

/** Claims of a user. */
export interface UserInfoService {
  /** @throws NotAllowedError when the credentials are not a user's. */
  getUserInfo(credentials: Credentials): Promise<UserInfo>;
}
