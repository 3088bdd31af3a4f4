import { uselessRedirect } from '../errors.ts';

/** What `fetch` leaves away by itself when it is redirected to another origin, or what tells nothing. */
const HARMLESS = new Set(['accept', 'authorization', 'if-modified-since', 'if-none-match']);
const MAX_REDIRECTS = 5;
const REDIRECT_STATUS = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches what is at a URL, and follows redirects. Credentials stay with the origin that they are for, whichever header
 * they are in: `fetch` itself knows of `authorization` only.
 *
 * @throws BadGatewayError `ERR_URL_READER_REDIRECT`; what `fetch` throws
 */
export async function followRedirects(
  fetch: typeof globalThis.fetch,
  url: string,
  init: RequestInit & { readonly headers: Readonly<Record<string, string>> },
): Promise<Response> {
  const isSafe = Object.keys(init.headers).every((name) => HARMLESS.has(name.toLowerCase()));
  if (isSafe) return fetch(url, init);
  let { headers } = init;
  let address = new URL(url);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await fetch(address.href, { ...init, headers, redirect: 'manual' });
    const location = REDIRECT_STATUS.has(response.status) ? response.headers.get('location') : null;
    if (location === null) return response;
    await response.body?.cancel();
    if (!URL.canParse(location, address.href)) throw uselessRedirect(address, 'redirects to nowhere');
    const target = new URL(location, address.href);
    if (target.origin !== address.origin) headers = harmlessOnes(headers);
    address = target;
  }
  throw uselessRedirect(new URL(url), `redirects more than ${MAX_REDIRECTS} times`);
}

function harmlessOnes(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept = Object.entries(headers).filter(([name]) => {
    const key = name.toLowerCase();
    return HARMLESS.has(key) && key !== 'authorization';
  });
  return Object.fromEntries(kept);
}
