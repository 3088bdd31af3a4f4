import { unusableUrl } from './errors.ts';

/** @throws InputError `ERR_URL_READER_URL` */
export function parseUrl(url: string): URL {
  if (!URL.canParse(url)) throw unusableUrl('is not an absolute URL');
  return new URL(url);
}
