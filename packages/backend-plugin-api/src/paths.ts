import { existsSync, lstatSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { packageNotFound, pathEscapes } from './errors.ts';

/** As many symbolic links as Linux follows before it gives up. */
const MAX_LINKS = 40;

/**
 * The absolute path of a file inside an installed package, for example of a plugin's migrations. The package need not
 * export its `package.json`.
 *
 * @throws BulkheadError `ERR_PLUGIN_API_PACKAGE_NOT_FOUND`
 */
export function resolvePackagePath(name: string, ...segments: string[]): string {
  return join(packageRoot(name), ...segments);
}

function packageRoot(name: string): string {
  const require = createRequire(import.meta.url);
  const origins = [process.cwd(), import.meta.dirname];
  let cause: unknown;
  try {
    return dirname(require.resolve(`${name}/package.json`, { paths: origins }));
  } catch (error) {
    cause = error;
  }
  const found = origins
    .flatMap(ancestors)
    .map((folder) => join(folder, name))
    .find((folder) => existsSync(join(folder, 'package.json')) && manifestName(folder) === name);
  if (!found) throw packageNotFound(name, cause);
  return realpathSync(found);
}

function ancestors(folder: string): string[] {
  const parent = dirname(folder);
  const here = join(folder, 'node_modules');
  return parent === folder ? [here] : [here, ...ancestors(parent)];
}

function manifestName(folder: string): unknown {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: unknown }).name;
}

/**
 * Joins `path` to `base` and refuses a result outside of `base`, also when symbolic links are followed. The target need
 * not exist.
 *
 * @throws NotAllowedError `ERR_PLUGIN_API_PATH_ESCAPES`
 */
export function resolveSafeChildPath(base: string, path: string): string {
  const root = realpathSync(base);
  const target = resolve(root, path);
  const real = isInside(root, target) ? realpathOfExistingPart(target) : undefined;
  if (real === undefined || !isInside(root, real)) throw pathEscapes(base);
  return target;
}

/** Whether `path` is `base` or lies within it, by name alone: symbolic links are not followed. */
export function isInside(base: string, path: string): boolean {
  const way = relative(base, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

function realpathOfExistingPart(path: string, linksLeft = MAX_LINKS): string | undefined {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
    // It leads nowhere yet, but whoever creates the file creates it there.
    return linksLeft === 0 ? undefined : realpathOfExistingPart(resolve(parent, readlinkSync(path)), linksLeft - 1);
  }
  const real = realpathOfExistingPart(parent, linksLeft);
  return real && join(real, basename(path));
}
