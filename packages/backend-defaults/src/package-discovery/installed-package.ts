import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { noPackage } from '../errors.ts';

/** A package as it is installed. */
export interface InstalledPackage {
  readonly name: string;
  /** Absolute, symbolic links resolved. */
  readonly dir: string;
  /** What it says that it is: `bulkhead.role`, `backstage.role`. */
  readonly roles: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
  readonly exports?: unknown;
}

interface Manifest {
  readonly name?: string;
  readonly exports?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly bulkhead?: { readonly role?: string };
  readonly backstage?: { readonly role?: string };
}

/**
 * The folder of the package that a file or folder is part of.
 *
 * @throws BulkheadError `ERR_DEFAULTS_NO_PACKAGE`
 */
export function findPackageDir(from: string): string {
  const start = existsSync(from) ? realpathSync(from) : resolve(from);
  for (let dir = start; ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'package.json'))) return dir;
    if (dir === dirname(dir)) throw noPackage(`There is no package.json at or above ${from}`);
  }
}

/**
 * The package in a folder, or a dependency of it, whether or not that exports its package.json.
 *
 * @throws BulkheadError `ERR_DEFAULTS_NO_PACKAGE`
 */
export function findInstalledPackage(from: string, name?: string): InstalledPackage {
  const file = name === undefined ? join(from, 'package.json') : findManifest(from, name);
  if (file === undefined) throw noPackage(`${name} is not installed for ${from}`);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  return {
    name: name ?? manifest.name ?? from,
    dir: dirname(realpathSync(file)),
    roles: [manifest.bulkhead?.role, manifest.backstage?.role].filter((role) => role !== undefined),
    dependencies: manifest.dependencies ?? {},
    exports: manifest.exports,
  };
}

/** Asks Node.js, which knows of installations without `node_modules` too, and else looks where it would look. */
function findManifest(from: string, name: string): string | undefined {
  try {
    return createRequire(join(from, 'package.json')).resolve(`${name}/package.json`);
  } catch {
    for (let dir = from; ; dir = dirname(dir)) {
      const file = join(dir, 'node_modules', name, 'package.json');
      if (existsSync(file)) return file;
      if (dir === dirname(dir)) return undefined;
    }
  }
}
