import { isBuiltin } from 'node:module';

/** What a module specifier points at. */
export type Specifier =
  | { readonly type: 'relative' }
  | { readonly type: 'builtin' }
  | { readonly type: 'package'; readonly name: string; readonly subpath: string };

/**
 * Takes a module specifier apart. The `subpath` of a package has the form of a key of `exports`: `.`, `./testing`.
 * Absolute paths and URLs count as relative: they name a file, not a package.
 */
export function parseSpecifier(specifier: string): Specifier {
  if (/^(\.|\/|file:|data:)/.test(specifier)) return { type: 'relative' };
  if (specifier.startsWith('#') || isBuiltin(specifier)) return { type: 'builtin' };
  const parts = specifier.split('/');
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  return { type: 'package', name, subpath: `.${specifier.slice(name.length)}` };
}
