import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { TreeEntry } from './tree-entry.ts';

/** Where a tree is written to. */
export interface WriteTreeOptions {
  /** Absent: a new folder below `workDir`, which is removed again if the writing fails. */
  readonly targetDir?: string;
  readonly workDir: string;
}

/**
 * Writes files, and returns the folder in which they are. Symbolic links are made when all files are there, so that
 * nothing is written through one, and only those stay that lead to something in the folder.
 */
export async function writeTree(entries: AsyncIterable<TreeEntry>, options: WriteTreeOptions): Promise<string> {
  const { targetDir, workDir } = options;
  const folder = targetDir ?? (await mkdtemp(join(workDir, 'bulkhead-')));
  try {
    await mkdir(folder, { recursive: true });
    const links = new Map<string, string>();
    for await (const entry of entries) {
      const path = join(folder, entry.path);
      if (entry.linkTarget === undefined) await writeFile(path, entry);
      else links.set(path, entry.linkTarget);
    }
    await makeLinks(links, folder);
    return folder;
  } catch (error) {
    if (targetDir === undefined) await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function writeFile(path: string, { mode = 0o644, content }: TreeEntry): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  // The owner can write, so that the folder can be worked in and removed.
  await pipeline(content(), createWriteStream(path, { mode: (mode & 0o777) | 0o600 }));
}

async function makeLinks(links: ReadonlyMap<string, string>, folder: string): Promise<void> {
  const root = await realpath(folder);
  const made: string[] = [];
  for (const [path, target] of links) {
    // Below a link nothing is made: it could be anywhere.
    if (ancestorsOf(path).some((ancestor) => links.has(ancestor))) continue;
    await mkdir(dirname(path), { recursive: true });
    // A file of that name stays.
    if (await tryToLink(target, path)) made.push(path);
  }
  // A link can lead out through another one, so those that were kept are looked at again when one is gone.
  let kept = made;
  for (let before = -1; before !== kept.length;) {
    before = kept.length;
    kept = await keepInner(kept, root);
  }
}

function ancestorsOf(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...ancestorsOf(parent)];
}

async function tryToLink(target: string, path: string): Promise<boolean> {
  try {
    await symlink(target, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function keepInner(links: readonly string[], root: string): Promise<string[]> {
  const kept: string[] = [];
  for (const link of links) {
    const target = await realpath(link).catch(() => undefined);
    if (target !== undefined && (target === root || target.startsWith(`${root}${sep}`))) kept.push(link);
    else await rm(link);
  }
  return kept;
}
