import { existsSync } from 'node:fs';
import path from 'node:path';
import type { WorkspacePackage } from './workspace.ts';

/**
 * Checks that every export leads to its source, its types and its compiled file, in this order and nowhere else,
 * and that what is named exists. Data files (`./package.json`, a schema) are exported as they are.
 *
 * @returns a message for each fault
 */
export function checkExports(root: string, { dir, manifest }: WorkspacePackage): string[] {
  const { exports = {}, bin = {} } = manifest;
  const exists = (file: string): boolean => existsSync(path.join(root, dir, file));
  const messages = ['.', './package.json'].filter((key) => !(key in exports)).map((key) => `"exports" lacks "${key}"`);
  for (const [key, target] of Object.entries(exports)) {
    if (typeof target === 'string') {
      if (!target.endsWith('.json') || target !== key)
        messages.push(`"exports" has "${key}" as a text; only JSON files may`);
      else if (!exists(target)) messages.push(`"exports" names ${target}, which does not exist`);
    } else {
      messages.push(...checkModule({ key, target, compiled: manifest.bulkhead?.bundled ? 'bundle' : 'dist', exists }));
    }
  }
  for (const file of Object.values(bin)) {
    if (!exists(file)) messages.push(`"bin" names ${file}, which does not exist`);
  }
  return messages;
}

interface ModuleExport {
  readonly key: string;
  readonly target: unknown;
  /** The folder of what Node.js loads. */
  readonly compiled: 'bundle' | 'dist';
  readonly exists: (file: string) => boolean;
}

function checkModule({ key, target, compiled, exists }: ModuleExport): string[] {
  const source = (target as Record<string, unknown> | null)?.['@bulkhead/source'];
  const stem = typeof source === 'string' ? /^\.\/src\/(.+)\.ts$/.exec(source)?.[1] : undefined;
  if (!stem) return [`"exports" must lead "${key}" to a file in ./src by "@bulkhead/source"`];
  const expected = {
    '@bulkhead/source': `./src/${stem}.ts`,
    types: `./dist/${stem}.d.ts`,
    default: `./${compiled}/${stem}.js`,
  };
  if (JSON.stringify(target) !== JSON.stringify(expected)) {
    return [`"exports" must have "${key}" as ${JSON.stringify(expected)}`];
  }
  return exists(expected['@bulkhead/source']) ? [] : [`"exports" names ./src/${stem}.ts, which does not exist`];
}
