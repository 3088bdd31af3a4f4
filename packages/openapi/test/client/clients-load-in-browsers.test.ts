import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const packages = fileURLToPath(new URL('../../../', import.meta.url));
/** What an import leads to at run time; those of types are gone by then. */
const IMPORT = /^(?:import|export)\s+(?!type\b)(?:[^'"]*?\bfrom\s+)?'([^']+)';/gm;
const NODE_GLOBALS = /\b(?:process|Buffer|setImmediate|require|__dirname)\b(?!['’])/;

interface ClientModule {
  readonly file: string;
  readonly source: string;
}

/** All modules that a module loads, and what they load that is none of the repository. */
function walk(entry: string): { readonly modules: readonly ClientModule[]; readonly foreign: ReadonlySet<string> } {
  const foreign = new Set<string>();
  const modules = new Map<string, ClientModule>();
  const visit = (file: string): void => {
    if (modules.has(file)) return;
    const source = readFileSync(file, 'utf8');
    modules.set(file, { file, source });
    for (const [, specifier] of source.matchAll(IMPORT)) {
      if (specifier!.startsWith('.')) visit(path.resolve(path.dirname(file), specifier!));
      else if (specifier === '@bulkhead/errors') visit(path.join(packages, 'errors/src/index.ts'));
      else foreign.add(specifier!);
    }
  };
  visit(entry);
  return { modules: [...modules.values()], foreign };
}

describe('@bulkhead/openapi/client', () => {
  const { modules, foreign } = walk(path.join(packages, 'openapi/src/client/index.ts'));

  it('loads nothing of Node.js, nor any other package', () => {
    expect(modules.length).toBeGreaterThan(20);
    expect([...foreign]).toEqual([]);
  });

  it('uses nothing that only Node.js has', () => {
    const withoutComments = (source: string): string => source.replace(/\/\*[^]*?\*\/|\/\/.*$/gm, '');
    const users = modules.filter(({ source }) => NODE_GLOBALS.test(withoutComments(source)));
    expect(users.map(({ file }) => path.relative(packages, file))).toEqual([]);
  });
});
