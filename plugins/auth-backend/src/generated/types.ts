// Generated from openapi.yaml, do not edit: npm run generate
import type { Credentials, NonePrincipal, UserPrincipal } from '@bulkhead/backend-plugin-api';
import type { Handler, ResponseHeaders } from '@bulkhead/openapi/server';

export type EntityRef = string;

export interface GuestSignIn {
  /** Whom to sign in as, out of those in the configuration; by default user:development/guest. */
  readonly user?: EntityRef;
}

export interface SignedIn {
  /** What to send in 'Authorization Bearer' from now on. */
  readonly token: string;
  readonly expiresAt: string;
  readonly user: EntityRef;
}

export interface KeySet {
  readonly keys: readonly PublicKey[];
}

export interface PublicKey {
  readonly kty: string;
  readonly kid: string;
  readonly alg: string;
  readonly use: 'sig';
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
}

export interface UserInfo {
  readonly claims: {
    readonly sub: EntityRef;
    /** Through whom the user owns things. */
    readonly ent: readonly EntityRef[];
  };
}

export interface Error {
  readonly error: {
    readonly name: string;
    readonly message: string;
    readonly code: string;
    readonly hint?: string;
    readonly cause?: {
      readonly [key: string]: unknown;
    };
  };
  readonly request?: {
    readonly method?: string;
    readonly url?: string;
  };
  readonly response: {
    readonly statusCode: number;
  };
  readonly requestId?: string;
}

/** What `signInAsGuest` takes. */
export interface SignInAsGuestRequest {
  readonly body?: GuestSignIn;
}

/** What `signInAsGuest` may answer. */
export type SignInAsGuestResponse =
  | { readonly status: 200; readonly headers?: ResponseHeaders; readonly body: SignedIn }
  | { readonly status: 400; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 403; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 415; readonly headers?: ResponseHeaders; readonly body: Error };

/** What `getPublicKeys` takes. */
export type GetPublicKeysRequest = Readonly<Record<never, never>>;

/** What `getPublicKeys` may answer. */
export type GetPublicKeysResponse =
  | { readonly status: 200; readonly headers?: ResponseHeaders; readonly body: KeySet }
  | { readonly status: 400; readonly headers?: ResponseHeaders; readonly body: Error };

/** What `getUserInfo` takes. */
export type GetUserInfoRequest = Readonly<Record<never, never>>;

/** What `getUserInfo` may answer. */
export type GetUserInfoResponse =
  | { readonly status: 200; readonly headers?: ResponseHeaders; readonly body: UserInfo }
  | { readonly status: 401; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 403; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 404; readonly headers?: ResponseHeaders; readonly body: Error };

/** Serves the operations of the contract. */
export interface AuthHandlers {
  /**
   * Sign in without any proof
   *
   * For development. In production it has to be allowed by the configuration.
   */
  readonly signInAsGuest: Handler<SignInAsGuestRequest, SignInAsGuestResponse, Credentials<NonePrincipal>>;

  /** The public keys with which tokens of users are verified */
  readonly getPublicKeys: Handler<GetPublicKeysRequest, GetPublicKeysResponse, Credentials<NonePrincipal>>;

  /**
   * What is known about the user whose token is sent
   *
   * A limited token of the user will do.
   */
  readonly getUserInfo: Handler<GetUserInfoRequest, GetUserInfoResponse, Credentials<UserPrincipal>>;
}
