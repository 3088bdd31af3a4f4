import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Entry, ZipFile } from 'yauzl';
import { loadOptional } from '../optional-package.ts';
import { limitSize } from './limit-size.ts';
import type { TreeEntry } from './tree-entry.ts';

/** What {@link zipEntries} keeps to. */
export interface ZipOptions {
  readonly workDir: string;
  /** Bytes, of the archive itself. */
  readonly maxSize: number;
}

/**
 * The entries of a zip archive, without folders. The table of contents of such an archive is at its end, so the archive
 * is put into a temporary file below `workDir` first.
 */
export async function* zipEntries(
  archive: Readable,
  { workDir, maxSize }: ZipOptions,
): AsyncGenerator<TreeEntry, void> {
  const { openPromise } = await loadOptional('yauzl', () => import('yauzl'));
  const folder = await mkdtemp(join(workDir, 'bulkhead-zip-'));
  try {
    const path = join(folder, 'archive.zip');
    await pipeline(limitSize(archive, { left: maxSize, maxSize }), createWriteStream(path));
    yield* entriesIn(await openPromise(path, { autoClose: false, lazyEntries: true }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* entriesIn(zip: ZipFile): AsyncGenerator<TreeEntry, void> {
  try {
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith('/')) yield toTreeEntry(zip, entry);
    }
  } finally {
    zip.close();
  }
}

function toTreeEntry(zip: ZipFile, entry: Entry): TreeEntry {
  return {
    path: entry.fileName,
    size: entry.uncompressedSize,
    lastModifiedAt: entry.getLastModDate(),
    content: () => contentOf(zip, entry),
  };
}

async function* contentOf(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer, void> {
  yield* (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>;
}
