import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Knex } from 'knex';

/** What a file with a migration exports, as far as it does. */
export type MigrationExports = Partial<Knex.Migration> & { readonly config?: object };

type MigrationModule = (MigrationExports & { readonly default?: MigrationModule }) | null | undefined;

const require = createRequire(import.meta.url);

/** Codes of Node.js for ES modules that only `import()` can load: nearly always those that wait for something. */
const CANNOT_BE_REQUIRED = /^ERR_REQUIRE_/;

/**
 * Loads a file with a migration, which may be an ES module or CommonJS, and may have its functions in a default export.
 * Installed CommonJS is required, all else is imported; both give the same.
 */
export async function loadMigration(path: string): Promise<MigrationExports> {
  const module = await load(path);
  // One `default` is what `import()` puts around CommonJS, another one what compilers make of `export default`.
  const candidates = [module, module?.default, module?.default?.default];
  const found = candidates.find((candidate) => typeof candidate?.up === 'function');
  return found ?? module?.default ?? module ?? {};
}

/**
 * `import()` has each CommonJS file read by two parsers. ES modules are not required where that can be known beforehand:
 * an export called 'module.exports' would take the place of all others, and Node.js 22.12 and 23.0 to 23.4 warn that
 * requiring them is experimental.
 */
async function load(path: string): Promise<MigrationModule> {
  if (await isInstalledCommonJs(path)) {
    try {
      return require(path) as MigrationModule;
    } catch (error) {
      // Without a type in package.json, syntax makes a file an ES module; one that waits for something is refused.
      if (!CANNOT_BE_REQUIRED.test(String((error as NodeJS.ErrnoException | null | undefined)?.code))) throw error;
    }
  }
  return (await import(pathToFileURL(path).href)) as MigrationModule;
}

async function isInstalledCommonJs(path: string): Promise<boolean> {
  if (!path.includes(`${sep}node_modules${sep}`)) return false;
  return extname(path) === '.cjs' || (extname(path) === '.js' && (await typeIn(dirname(path))) !== 'module');
}

/** By folder: Knex asks for each of its files more than once. */
const types = new Map<string, Promise<unknown>>();

function typeIn(folder: string): Promise<unknown> {
  const type = types.get(folder) ?? readType(folder);
  types.set(folder, type);
  return type;
}

/** What the nearest package.json says that `.js` files are. */
async function readType(folder: string): Promise<unknown> {
  for (let dir = folder; basename(dir) !== 'node_modules'; dir = dirname(dir)) {
    const text = await readFile(join(dir, 'package.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) return parseType(text);
  }
  return undefined;
}

function parseType(manifest: string): unknown {
  try {
    return (JSON.parse(manifest) as { readonly type?: unknown } | null)?.type;
  } catch {
    // Node.js will say what is wrong with which file.
    return undefined;
  }
}
