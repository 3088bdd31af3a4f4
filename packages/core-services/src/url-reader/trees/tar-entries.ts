import { on } from 'node:events';
import type { Readable } from 'node:stream';
import type { ReadEntry } from 'tar';
import { badArchive } from '../errors.ts';
import { loadOptional } from '../optional-package.ts';
import type { TreeEntry } from './tree-entry.ts';

const FILES = new Set(['File', 'OldFile', 'ContiguousFile']);
/** What the library passes over, with what could have been files. */
const FATAL = new Set(['TAR_BAD_ARCHIVE', 'TAR_ENTRY_INVALID']);

/** The entries of a tar archive, gzipped or not, as they come. Neither folders nor hard links are among them. */
export async function* tarEntries(archive: Readable): AsyncGenerator<TreeEntry, void> {
  const { Parser } = await loadOptional('tar', () => import('tar'));
  const parser = new Parser();
  // Nobody listens any more when the reader has had enough.
  parser.on('error', () => {});
  parser.on('warn', (code: string, message: string | Error) => {
    if (FATAL.has(code)) parser.emit('error', badArchive(String(message)));
  });
  const entries = on(parser, 'entry', { close: ['end'] });
  const feeding = feed(archive, parser);
  try {
    for await (const [entry] of entries as AsyncIterableIterator<[ReadEntry]>) {
      if (FILES.has(entry.type) || entry.type === 'SymbolicLink') yield toTreeEntry(entry);
      // Whoever wanted the content has it by now. The next entry comes when this one has ended.
      entry.resume();
    }
    await feeding;
  } finally {
    archive.destroy();
  }
}

/** Into a parser that tells of its errors by events, and so do those of the archive. */
async function feed(archive: Readable, parser: InstanceType<typeof import('tar').Parser>): Promise<void> {
  try {
    for await (const chunk of archive) {
      if (!parser.write(chunk as Buffer)) await new Promise<void>((resolve) => parser.once('drain', resolve));
    }
    parser.end();
  } catch (error) {
    parser.emit('error', error);
  }
}

function toTreeEntry(entry: ReadEntry): TreeEntry {
  return {
    path: entry.path,
    size: entry.size,
    lastModifiedAt: entry.mtime,
    mode: entry.mode,
    linkTarget: entry.type === 'SymbolicLink' ? (entry.linkpath ?? '') : undefined,
    content: () => entry,
  };
}
