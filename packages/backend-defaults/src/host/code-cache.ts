import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Has Node.js keep what it compiles of all modules that are loaded from now on, and use it at the next start. It writes
 * when the process ends by itself or by `process.exit()`.
 *
 * The folder is that of the packages themselves, `node_modules/.cache`: whoever can write there can change the code
 * anyway, which cannot be said of Node.js' own choice, the folder for temporary files. Where it cannot be written,
 * nothing is kept. `NODE_COMPILE_CACHE` names another folder, `NODE_DISABLE_COMPILE_CACHE=1` switches it off.
 *
 * @param hostDir - a folder in the host's package
 */
export function keepCompiledCode(hostDir: string): void {
  const modules = findModules(hostDir);
  // Releases before 22.1 do not have it.
  if (modules && 'enableCompileCache' in module) module.enableCompileCache(join(modules, '.cache/bulkhead/code'));
}

function findModules(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules');
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
}
