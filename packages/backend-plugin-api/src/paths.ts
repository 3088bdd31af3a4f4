import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { packageNotFound, pathEscapes } from './errors.ts';

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
    .map(folder => join(folder, name))
    .find(folder => existsSync(join(folder, 'package.json')) && manifestName(folder) === name);
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
  if (!isInside(root, target) || !isInside(root, realpathOfExistingPart(target))) throw pathEscapes(base);
  return target;
}

/** Whether `path` is `base` or lies within it, by name alone: symbolic links are not followed. */
export function isInside(base: string, path: string): boolean {
  const way = relative(base, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

function realpathOfExistingPart(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  return join(realpathOfExistingPart(dirname(path)), path.slice(dirname(path).length));
}
