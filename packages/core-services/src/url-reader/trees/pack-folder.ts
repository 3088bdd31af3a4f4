import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { loadOptional } from '../optional-package.ts';

/** A gzipped tar archive of a folder, which is removed when the archive has been taken up, or is not wanted. */
export async function packFolder(folder: string): Promise<Readable> {
  const archive = Readable.from(pack(folder), { objectMode: false });
  const destroy = archive._destroy.bind(archive);
  // Not at the end of the generator: one that has never begun has none.
  archive._destroy = (error, callback) =>
    destroy(error, (reason) => {
      rm(folder, { recursive: true, force: true }).then(
        () => callback(reason),
        (failure: Error) => callback(reason ?? failure),
      );
    });
  return archive;
}

async function* pack(folder: string): AsyncGenerator<Buffer, void> {
  const { create } = await loadOptional('tar', () => import('tar'));
  yield* create({ cwd: folder, gzip: true, portable: true }, ['.']) as AsyncIterable<Buffer>;
}
