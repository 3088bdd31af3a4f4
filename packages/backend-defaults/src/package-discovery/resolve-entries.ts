import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InstalledPackage } from './installed-package.ts';

/** Under which a package may tell what `import` gets, where it has nothing for `require`. */
const CONDITIONS: readonly string[] = ['node', 'import', 'module-sync', 'default'];

/**
 * The URLs of a package's main entry and of its `/alpha`, as far as there are such.
 *
 * @throws the error of Node.js if the package names a main entry that is not there
 */
export function resolveEntries(installed: InstalledPackage, from: string): readonly string[] {
  const { resolve } = createRequire(join(from, 'package.json'));
  const entries = ['.', './alpha'].map((entry) => {
    const specifier = installed.name + entry.slice(1);
    try {
      return resolve(specifier);
    } catch (error) {
      const target = findImportTarget(installed.exports, entry);
      if (target !== undefined) return join(installed.dir, target);
      // A package need not have an /alpha; one without a main entry is a library of several parts.
      const { code } = error as NodeJS.ErrnoException;
      if (entry === './alpha' || code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return undefined;
      throw error;
    }
  });
  return entries.filter((file) => file !== undefined).map((file) => pathToFileURL(file).href);
}

/** What `exports` has for `import` only, which `require.resolve` does not see. */
function findImportTarget(exports: unknown, entry: string): string | undefined {
  const isMap = isObject(exports) && Object.keys(exports).every((key) => key.startsWith('.'));
  return selectTarget(isMap ? exports[entry] : entry === '.' ? exports : undefined);
}

function selectTarget(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (!isObject(target)) return undefined;
  const condition = Object.keys(target).find((name) => CONDITIONS.includes(name));
  return condition === undefined ? undefined : selectTarget(target[condition]);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
