import { unusableRepositoryUrl } from '../errors.ts';
import { parseUrl } from '../parse-url.ts';

/**
 * A URL without dots that lead elsewhere once something decodes them: it is requested with the credentials of its host.
 *
 * @throws InputError `ERR_URL_READER_URL`
 */
export function parseSafeUrl(text: string): URL {
  const url = parseUrl(text);
  if ([url.pathname, url.searchParams.get('path') ?? ''].some(hasDots)) throw unusableRepositoryUrl(url);
  return url;
}

function hasDots(path: string): boolean {
  for (let decoded = path; ;) {
    if (decoded.split(/[/\\]/).some((segment) => segment === '.' || segment === '..')) return true;
    const next = decode(decoded);
    if (next === decoded) return false;
    decoded = next;
  }
}

function decode(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_encoded, code: string) => String.fromCharCode(parseInt(code, 16)));
}
