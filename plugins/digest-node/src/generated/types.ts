// Generated from openapi.yaml, do not edit: npm run generate

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

/** What `listDigests` takes. */
export interface ListDigestsRequest {
  readonly query?: {
    /** How many digests to return at most. */
    readonly limit?: number;
    /** The `nextCursor` of the page before. */
    readonly cursor?: string;
  };
}

/** What `listDigests` answers, unless it fails. */
export interface ListDigestsResponse {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: DigestPage;
}

/** What `makeDigest` takes. */
export type MakeDigestRequest = Readonly<Record<string, never>>;

/** What `makeDigest` answers, unless it fails. */
export interface MakeDigestResponse {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Digest;
}

/** What `getDigest` takes. */
export interface GetDigestRequest {
  readonly path: {
    readonly date: string;
  };
}

/** What `getDigest` answers, unless it fails. */
export interface GetDigestResponse {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Digest;
}
