import type { HttpMethod } from '../../contract/operation.ts';
import type { CallPolicy } from './call-policy.ts';
import type { Failure } from './failure.ts';

/** Methods that do the same when they are sent twice (RFC 9110, 9.2.2). */
const IDEMPOTENT: ReadonlySet<HttpMethod> = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']);

/**
 * Whether an attempt that failed may be made again without doing twice what was to be done once.
 *
 * An answer of 429 is not repeated: whoever has set the limit wants fewer requests, and the caller knows best which.
 */
export function isSafeToRepeat(method: HttpMethod, failure: Failure): boolean {
  switch (failure.type) {
    case 'unconnected':
      return true;
    case 'unprocessed':
      return true;
    case 'broken':
    case 'gateway':
      return IDEMPOTENT.has(method);
    case 'final':
      return false;
  }
}

/**
 * How long to wait before an attempt is made again: anything up to a limit that doubles each time, so that callers that
 * failed together do not come back together, but not before the other side wants to be asked again.
 *
 * @param attempt - how many attempts have failed before this one
 * @param random - from 0 up to 1
 */
export function backoffBefore(
  attempt: number,
  { firstBackoff, longestBackoff }: CallPolicy,
  { retryAfter = 0, random }: { readonly retryAfter?: number; readonly random: () => number },
): number {
  return retryAfter + random() * Math.min(longestBackoff, firstBackoff * 2 ** attempt);
}

/**
 * What a `Retry-After` header means, in milliseconds (RFC 9110, 10.2.3).
 *
 * @param now - milliseconds since 1970
 * @returns `undefined` without a header, and for one that means nothing
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) {
    return undefined;
  }
  if (/^\s*\d+\s*$/.test(header)) {
    return Number(header) * 1_000;
  }
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
