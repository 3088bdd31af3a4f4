import type { ReadUrlOptions, ReadUrlResponse } from '@bulkhead/backend-plugin-api';
import { contentTooLarge, failedStatus, unchanged } from './errors.ts';

/** Which content it is. */
export type Version = Pick<ReadUrlResponse, 'etag' | 'lastModifiedAt'>;

/** What a response says about its version. */
export function versionOf({ headers }: Response): Version {
  const lastModified = new Date(headers.get('last-modified') ?? Number.NaN);
  return {
    etag: headers.get('etag') ?? undefined,
    lastModifiedAt: Number.isNaN(lastModified.getTime()) ? undefined : lastModified,
  };
}

/** @throws what the status of a response means, or `ERR_URL_READER_TOO_LARGE` */
export function refuseUnusable(url: URL, { status, ok, headers }: Response, maxSize: number): void {
  if (status === 304) throw unchanged(url);
  if (!ok) throw failedStatus(url, status);
  // Compressed content is counted as it comes; this length says little about it.
  if (!headers.has('content-encoding') && Number(headers.get('content-length')) > maxSize) {
    throw contentTooLarge(url, maxSize);
  }
}

/**
 * Servers need not know conditional requests, so what came is compared, too.
 *
 * @throws NotModifiedError `ERR_URL_READER_NOT_MODIFIED`
 */
export function refuseUnchanged(url: URL, { etag, lastModifiedAt }: Version, options: ReadUrlOptions): void {
  const { etag: known, lastModifiedAfter: since } = options;
  const isSame = known && etag ? withoutWeakness(known) === withoutWeakness(etag) : false;
  if (isSame || (since && lastModifiedAt && lastModifiedAt <= since)) throw unchanged(url);
}

function withoutWeakness(etag: string): string {
  return etag.replace(/^W\//, '');
}
