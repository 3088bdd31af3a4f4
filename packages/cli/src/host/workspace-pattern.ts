import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The folders that a pattern of `workspaces` in a package.json stands for: `*` is part of a name, `**` any number of
 * folders. Patterns that exclude folders (`!…`) give nothing.
 */
export function expandPattern(root: string, pattern: string): string[] {
  if (pattern.startsWith('!')) return [];
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
  return expand(root, segments);
}

function expand(dir: string, [segment, ...rest]: readonly string[]): string[] {
  if (segment === undefined) return [dir];
  if (segment === '**') {
    const deeper = listFolders(dir).flatMap((name) => expand(join(dir, name), ['**', ...rest]));
    return [...expand(dir, rest), ...deeper];
  }
  if (!segment.includes('*')) return expand(join(dir, segment), rest);
  const matcher = new RegExp(`^${segment.split('*').map(escapeRegExp).join('.*')}$`);
  return listFolders(dir)
    .filter((name) => matcher.test(name))
    .flatMap((name) => expand(join(dir, name), rest));
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function listFolders(dir: string): string[] {
  try {
    return readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .sort();
  } catch {
    // Not there: a pattern may name a folder that has yet to be made.
    return [];
  }
}
