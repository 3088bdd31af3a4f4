/**
 * Joins the compiled modules of packages whose manifest says `"bundled": true` into few files: Node.js resolves, reads and
 * links modules one by one, which is what a host spends most of its start on. See ADR 0052.
 *
 * What is imported on demand stays a file of its own, and other packages stay outside, so nothing is loaded twice or earlier.
 * A package that says `"bundled": "whole"` has one file in common, from which its entries hand on their parts: right where
 * a host needs most of them anyway.
 */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { rollup, type GetManualChunk, type Plugin } from 'rollup';
import { readWorkspace, type WorkspacePackage } from './manifests/workspace.ts';

/**
 * Modules may know each other as long as they wait with it until they are called; and what the compiler puts in front of
 * an import whose name is computed asks for `this`.
 */
const HARMLESS: ReadonlySet<string | undefined> = new Set(['CIRCULAR_DEPENDENCY', 'THIS_IS_UNDEFINED']);

const root = path.resolve(import.meta.dirname, '..');
const bundled = readWorkspace(root).packages.filter(({ manifest }) => manifest.bulkhead?.bundled);

/** Reads what the compiler made, with the maps that lead to the sources. */
const compiledModules: Plugin = {
  name: 'compiled-modules',
  async load(file) {
    const [code, map] = await Promise.all([readFile(file, 'utf8'), readFile(`${file}.map`, 'utf8')]);
    return { code: inLatin1(code), map };
  },
};

/**
 * Escapes what takes more than a byte: V8 holds the text of a module for as long as the process lives, and one such
 * character, which all stand in texts and comments, doubles the size of the whole file.
 */
function inLatin1(code: string): string {
  return code.replace(/[^\0-\xff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

await Promise.all(bundled.map(bundle));

async function bundle({ dir, manifest }: WorkspacePackage): Promise<void> {
  const folder = path.join(root, dir);
  const joined = await rollup({
    input: Object.fromEntries(exportedModules(manifest.exports).map((name) => [name, path.join(folder, 'dist', name)])),
    external: (id) => !id.startsWith('.') && !path.isAbsolute(id),
    plugins: [compiledModules],
    treeshake: false,
    onLog: (level, log, handle) => {
      if (!HARMLESS.has(log.code)) handle(level, log);
    },
  });
  await rm(path.join(folder, 'bundle'), { recursive: true, force: true });
  await joined.write({
    dir: path.join(folder, 'bundle'),
    entryFileNames: '[name]',
    chunkFileNames: 'chunks/[name]-[hash].js',
    generatedCode: 'es2015',
    hoistTransitiveImports: false,
    sourcemap: true,
    ...(manifest.bulkhead?.bundled === 'whole' && { manualChunks: joinWhole() }),
  });
  await joined.close();
}

/** The modules that a package exports, as the compiler names them: `http/index.js` for `./bundle/http/index.js`. */
function exportedModules(exported: WorkspacePackage['manifest']['exports'] = {}): readonly string[] {
  const targets = Object.values(exported).map((target) => (target as { readonly default?: string }).default);
  return [...new Set(targets.filter((file) => file !== undefined))].map((file) => file.replace('./bundle/', ''));
}

/** Puts into one file what is loaded with some entry, without being imported on demand. */
function joinWhole(): (id: string, graph: Graph) => string | undefined {
  let whole: ReadonlySet<string> | undefined;
  return (id, graph) => ((whole ??= loadedAtOnce(graph)).has(id) ? 'whole' : undefined);
}

type Graph = Parameters<GetManualChunk>[1];

function loadedAtOnce({ getModuleIds, getModuleInfo }: Graph): ReadonlySet<string> {
  const found = new Set([...getModuleIds()].filter((id) => getModuleInfo(id)?.isEntry));
  // What is added meanwhile is visited, too.
  for (const id of found) getModuleInfo(id)?.importedIds.forEach((imported) => found.add(imported));
  return found;
}
