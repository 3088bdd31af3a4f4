// Generated from openapi.yaml, do not edit: npm run generate
import type { Credentials, ServicePrincipal, UserPrincipal } from '@bulkhead/backend-plugin-api';
import type { Handler, ResponseHeaders } from '@bulkhead/openapi/server';

export interface Digest {
  readonly date: string;
  /** Todos that are not done, or were not when the day ended. */
  readonly open: number;
  /** Todos that are, or were. */
  readonly done: number;
  /** Todos made on that day. */
  readonly created: number;
  /** Todos done on that day. */
  readonly completed: number;
  /** Of what is open, the newest. */
  readonly titles: readonly string[];
  /** When all this was true. */
  readonly countedAt: string;
}

export interface DigestPage {
  readonly items: readonly Digest[];
  /** Asks for the next page; absent on the last. */
  readonly nextCursor?: string;
}

export interface Error {
  readonly error: {
    readonly name: string;
    readonly message: string;
    readonly code: string;
    readonly hint?: string;
    readonly violations?: readonly {
      readonly pointer: string;
      readonly message: string;
    }[];
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

/** What `listDigests` takes. */
export interface ListDigestsRequest {
  readonly query: {
    /** How many digests to return at most. */
    readonly limit: number;
    /** The `nextCursor` of the page before. */
    readonly cursor?: string;
  };
}

/** What `listDigests` may answer. */
export type ListDigestsResponse =
  | { readonly status: 200; readonly headers?: ResponseHeaders; readonly body: DigestPage }
  | { readonly status: 400; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 401; readonly headers?: ResponseHeaders; readonly body: Error };

/** What `makeDigest` takes. */
export type MakeDigestRequest = Readonly<Record<never, never>>;

/** What `makeDigest` may answer. */
export type MakeDigestResponse =
  | { readonly status: 200; readonly headers?: ResponseHeaders; readonly body: Digest }
  | { readonly status: 401; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 403; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 503; readonly headers?: ResponseHeaders; readonly body: Error };

/** What `getDigest` takes. */
export interface GetDigestRequest {
  readonly path: {
    readonly date: string;
  };
}

/** What `getDigest` may answer. */
export type GetDigestResponse =
  | { readonly status: 200; readonly headers?: ResponseHeaders; readonly body: Digest }
  | { readonly status: 400; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 401; readonly headers?: ResponseHeaders; readonly body: Error }
  | { readonly status: 404; readonly headers?: ResponseHeaders; readonly body: Error };

/** Serves the operations of the contract. */
export interface DigestHandlers {
  /**
   * List the caller's digests
   *
   * The latest day first.
   */
  readonly listDigests: Handler<ListDigestsRequest, ListDigestsResponse, Credentials<UserPrincipal | ServicePrincipal>>;

  /**
   * Make today's digest now
   *
   * Otherwise it is made when the schedule says so. Making it again brings it up to date. For users only: todos are asked for on behalf of whoever calls, which can only be done for users.
   */
  readonly makeDigest: Handler<MakeDigestRequest, MakeDigestResponse, Credentials<UserPrincipal>>;

  /** Read the caller's digest of a day */
  readonly getDigest: Handler<GetDigestRequest, GetDigestResponse, Credentials<UserPrincipal | ServicePrincipal>>;
}
