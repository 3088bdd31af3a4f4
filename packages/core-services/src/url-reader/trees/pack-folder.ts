import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';

/** A gzipped tar archive of a folder, which is removed when the archive has been taken up, or is not wanted. */
export async function packFolder(folder: string): Promise<Readable> {
  return Readable.from(pack(folder), { objectMode: false });
}

async function* pack(folder: string): AsyncGenerator<Buffer, void> {
  try {
    const { create } = await import('tar');
    yield* create({ cwd: folder, gzip: true, portable: true }, ['.']) as AsyncIterable<Buffer>;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
