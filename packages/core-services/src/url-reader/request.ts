import type { ReadUrlOptions } from '@bulkhead/backend-plugin-api';
import { readingNotAllowed, unusableOption, unusableUrl, uselessRedirect } from './errors.ts';
import type { Reading } from './reading.ts';

/** What a request says besides its URL. */
export interface RequestOptions extends Pick<ReadUrlOptions, 'etag' | 'lastModifiedAfter' | 'token'> {
  /** Asked about each redirect, too. */
  isAllowed(url: URL): boolean;
}

const MAX_REDIRECTS = 5;
const REDIRECT_STATUS = new Set([301, 302, 303, 307, 308]);

/**
 * Requests a URL and follows its redirects, as far as they are allowed. The token goes to the origin that was asked
 * for; a redirect to another one loses it for good.
 *
 * @returns the first response that is not a redirect, whatever its status
 * @throws NotAllowedError `ERR_URL_READER_NOT_ALLOWED`; InputError `ERR_URL_READER_URL`, `ERR_URL_READER_OPTION`;
 * BadGatewayError `ERR_URL_READER_REDIRECT`; what `fetch` throws
 */
export async function request(reading: Reading, options: RequestOptions): Promise<Response> {
  const headers = conditionsOf(options);
  if (options.token) headers.set('authorization', `Bearer ${sendable('token', options.token)}`);
  refuseForbidden(reading.url, options);
  let url = reading.url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await fetch(url, { headers, redirect: 'manual', signal: reading.signal });
    if (!REDIRECT_STATUS.has(response.status)) return response;
    await response.body?.cancel();
    const target = targetOf(response, url);
    refuseForbidden(target, options, url);
    if (target.origin !== url.origin) headers.delete('authorization');
    url = target;
  }
  throw uselessRedirect(reading.url, `redirects more than ${MAX_REDIRECTS} times`);
}

function refuseForbidden(url: URL, { isAllowed }: RequestOptions, redirectedFrom?: URL): void {
  if (!isAllowed(url)) throw readingNotAllowed(url, redirectedFrom);
  if (url.username === '' && url.password === '') return;
  throw redirectedFrom
    ? uselessRedirect(redirectedFrom, 'redirects to a URL with user and password')
    : unusableUrl('has a user or a password in it');
}

function targetOf(response: Response, url: URL): URL {
  const location = response.headers.get('location');
  if (location === null || !URL.canParse(location, url.href)) throw uselessRedirect(url, 'redirects to nowhere');
  return new URL(location, url.href);
}

/** The headers that ask for changes only. @throws InputError `ERR_URL_READER_OPTION` */
export function conditionsOf({ etag, lastModifiedAfter }: Pick<ReadUrlOptions, 'etag' | 'lastModifiedAfter'>): Headers {
  const headers = new Headers();
  if (etag) headers.set('if-none-match', sendable('etag', etag));
  if (lastModifiedAfter) {
    if (Number.isNaN(lastModifiedAfter.getTime())) throw unusableOption('lastModifiedAfter');
    headers.set('if-modified-since', lastModifiedAfter.toUTCString());
  }
  return headers;
}

/** `fetch` would repeat the value in its error. */
function sendable(name: string, value: string): string {
  if (/^[\t\x20-\x7e\x80-\xff]+$/.test(value)) return value;
  throw unusableOption(name);
}
