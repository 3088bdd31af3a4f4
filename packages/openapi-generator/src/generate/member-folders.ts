import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * The folders that a pattern of `workspaces` means: `packages/*`, `plugins/**`, `tools/lint`. Those that a pattern
 * with `!` takes out stay: whoever has a contract there means it.
 */
export function memberFolders(root: string, pattern: string): readonly string[] {
  if (pattern.startsWith('!')) {
    return [];
  }
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
  const folders = segments.reduce<readonly string[]>((found, segment) => found.flatMap(expand(segment)), [root]);
  return folders.filter((folder) => existsSync(path.join(folder, 'package.json')));
}

function expand(segment: string): (folder: string) => readonly string[] {
  if (segment === '**') {
    return (folder) => [folder, ...foldersIn(folder).flatMap(expand('**'))];
  }
  if (!segment.includes('*')) {
    return (folder) => [path.join(folder, segment)];
  }
  const parts = segment.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const matches = new RegExp(`^${parts.join('.*')}$`, 'u');
  return (folder) => foldersIn(folder).filter((each) => matches.test(path.basename(each)));
}

function foldersIn(folder: string): readonly string[] {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .map((entry) => path.join(folder, entry.name));
}
