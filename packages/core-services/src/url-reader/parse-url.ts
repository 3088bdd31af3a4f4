import { unusableUrl } from './errors.ts';

/** No server takes a longer one, and what is done with URLs takes longer than in proportion to their length. */
const MAX_LENGTH = 16_384;

/** @throws InputError `ERR_URL_READER_URL` */
export function parseUrl(url: string): URL {
  if (url.length > MAX_LENGTH) throw unusableUrl(`has more than ${MAX_LENGTH} characters`);
  if (!URL.canParse(url)) throw unusableUrl('is not an absolute URL');
  return new URL(url);
}
