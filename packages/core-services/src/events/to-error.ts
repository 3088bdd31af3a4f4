import { describeThrown, isErrorLike } from '@bulkhead/errors';

/** An error, whatever was thrown. */
export function toError(thrown: unknown): Error {
  return isErrorLike(thrown) ? thrown : new TypeError(describeThrown(thrown));
}
