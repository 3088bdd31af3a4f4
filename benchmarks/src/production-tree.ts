import { existsSync, realpathSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** How much a package needs at run time. */
export interface ProductionTree {
  readonly packages: number;
  readonly bytes: number;
}

/**
 * Follows `dependencies` (not optional, peer or dev ones) from a package, and weighs what it finds installed. Copies of
 * one version, which a workspace with other tools beside it may hold, count once.
 */
export async function productionTree(from: string, names: readonly string[]): Promise<ProductionTree> {
  const visited = new Set<string>();
  const found = new Map<string, string>();
  const visit = async (base: string, name: string): Promise<void> => {
    const folder = resolveFolder(base, name);
    if (visited.has(folder)) return;
    visited.add(folder);
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
    found.set(`${manifest.name}@${manifest.version}`, folder);
    const optional = Object.keys(manifest.optionalDependencies ?? {});
    const needed = Object.keys(manifest.dependencies ?? {}).filter((dependency) => !optional.includes(dependency));
    await Promise.all(needed.map((dependency) => visit(folder, dependency)));
  };
  await Promise.all(names.map((name) => visit(from, name)));
  const sizes = await Promise.all(Array.from(found.values(), sizeOf));
  return { packages: found.size, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function resolveFolder(base: string, name: string): string {
  for (let folder = base; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(candidate)) return realpathSync(candidate);
    if (folder === dirname(folder)) throw new Error(`${name} is not installed below ${base}`);
  }
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.name !== 'node_modules' && !entry.isSymbolicLink())
      .map(async (entry) => {
        const path = join(folder, entry.name);
        return entry.isDirectory() ? sizeOf(path) : (await stat(path)).size;
      }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
