/**
 * Joins the compiled modules of packages whose manifest says `"bundled": true` into few files: Node.js resolves, reads and
 * links modules one by one, which is what a host spends most of its start on. See ADR 0052.
 *
 * What is imported on demand stays a file of its own, and other packages stay outside, so nothing is loaded twice or earlier.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { readWorkspace, type WorkspacePackage } from './manifests/workspace.ts';

const root = path.resolve(import.meta.dirname, '..');
const bundled = readWorkspace(root).packages.filter(({ manifest }) => manifest.bulkhead?.bundled);

await Promise.all(bundled.map(bundle));

async function bundle(entry: WorkspacePackage): Promise<void> {
  const folder = path.join(root, entry.dir);
  await rm(path.join(folder, 'bundle'), { recursive: true, force: true });
  await build({
    absWorkingDir: folder,
    entryPoints: compiledEntries(entry),
    outdir: 'bundle',
    outbase: 'dist',
    chunkNames: 'chunks/[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  });
}

/** What the compiler made of the modules that a package exports: `dist/index.js` for `bundle/index.js`. */
function compiledEntries({ manifest }: WorkspacePackage): string[] {
  const targets = Object.values(manifest.exports ?? {}).map((target) => (target as { default?: string }).default);
  return [...new Set(targets.filter((file) => file !== undefined))].map((file) => file.replace('./bundle/', './dist/'));
}
