import { unusableUrl } from '../errors.ts';
import type { Place } from './repository-host.ts';

/**
 * The part of a repository whose path is the end of the path of its URL.
 *
 * @param path - that end, as it stands in the URL, or decoded; slashes around it do not count
 */
export function placeByPath(url: string, path: string): Place {
  const { pathname } = new URL(url);
  const inner = path.replace(/^\/+|\/+$/g, '');
  const encoded = pathname.replace(/\/+$/, '');
  const length =
    [inner, new URL(`http://host/${inner}`).pathname.slice(1)].find((end) => encoded.endsWith(end))?.length ?? 0;
  const base = encoded.slice(0, encoded.length - length).replace(/\/+$/, '');
  return {
    path: decodeURIComponent(inner),
    at(other) {
      const target = new URL(url);
      target.pathname = other === '' ? base : `${base}/${other.split('/').map(encodeURIComponent).join('/')}`;
      return target.href;
    },
  };
}

/** `/` and what follows, with every segment encoded. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** The parts of the path of a URL that a pattern names. @throws InputError `ERR_URL_READER_URL` when it does not match */
export function matchPath<TName extends string>(url: string, pattern: RegExp): Partial<Record<TName, string>> {
  const { groups } = pattern.exec(new URL(url).pathname) ?? {};
  if (!groups) throw unusableUrl('is not that of a repository, a folder or a file');
  return groups as Partial<Record<TName, string>>;
}

/** Headers with the caller's own token, if there is one; otherwise those that the configuration leads to. */
export function withToken(
  token: string | undefined,
  headers: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  return token ? { authorization: `Bearer ${token}` } : { ...headers };
}
