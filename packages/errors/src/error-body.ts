import type { Violation } from './violation.ts';

/** An error as it travels over HTTP. */
export interface SerializedError {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  /** Only for 4xx: what the caller can do about it. */
  readonly hint?: string;
  /** All places of a request that are wrong, where the error is about such. */
  readonly violations?: readonly Violation[];
  readonly cause?: SerializedError;
}

/** The body of every error response. */
export interface ErrorBody {
  readonly error: SerializedError;
  readonly request?: { readonly method: string; readonly url: string };
  readonly response: { readonly statusCode: number };
  readonly requestId?: string;
}

/** How many causes travel with an error. */
export const MAX_CAUSES = 5;
