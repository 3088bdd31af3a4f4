import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The part of a `package.json` that the rules read. */
export interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly bulkhead?: { readonly layer?: string; readonly role?: string; readonly pluginId?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A package on disk: its folder and its manifest. */
export interface Package {
  readonly dir: string;
  readonly manifest: Manifest;
}

const cache = new Map<string, Package | undefined>();

/** The package in exactly this folder, if its `package.json` has a name. Read once per process. */
export function packageAt(dir: string): Package | undefined {
  if (!cache.has(dir)) {
    const file = path.join(dir, 'package.json');
    const manifest = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Manifest>) : undefined;
    cache.set(dir, manifest?.name ? { dir, manifest: manifest as Manifest } : undefined);
  }
  return cache.get(dir);
}

/** The package that a file belongs to: the nearest one upwards that names its layer. */
export function owningPackage(file: string): Package | undefined {
  return upwards(path.dirname(file), (dir) => {
    const found = packageAt(dir);
    return found?.manifest.bulkhead?.layer ? found : undefined;
  });
}

/** The root of the repository that a package is part of: the topmost folder upwards that has a manifest. */
export function rootPackage(from: Package): Package {
  let root = from;
  upwards(path.dirname(from.dir), (dir) => {
    root = packageAt(dir) ?? root;
    return undefined;
  });
  return root;
}

/** The package that `name` means when it is imported from a file in `dir`, found as Node.js finds it. */
export function installedPackage(name: string, dir: string): Package | undefined {
  return upwards(dir, (parent) => packageAt(path.join(parent, 'node_modules', name)));
}

function upwards<T>(start: string, visit: (dir: string) => T | undefined): T | undefined {
  for (let dir = start; ; dir = path.dirname(dir)) {
    const found = visit(dir);
    if (found !== undefined) return found;
    if (dir === path.dirname(dir)) return undefined;
  }
}
