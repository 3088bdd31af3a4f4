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

/** What is encoded more often than this is made to look like something else. */
const MAX_LAYERS = 8;

function hasDots(path: string): boolean {
  let decoded = path;
  for (let layers = 0; layers < MAX_LAYERS; layers++) {
    if (decoded.split(/[/\\]/).some((segment) => segment === '.' || segment === '..')) return true;
    const next = decode(decoded);
    if (next === decoded) return false;
    decoded = next;
  }
  return true;
}

function decode(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_encoded, code: string) => String.fromCharCode(parseInt(code, 16)));
}
