import { Readable } from 'node:stream';
import { tmpdir } from 'node:os';
import type { ReadTreeResponse } from '@bulkhead/backend-plugin-api';
import type { Config } from '@bulkhead/config';
import { badArchive } from '../errors.ts';
import { TreeContent } from './tree-content.ts';
import type { TreeEntry, TreeSelection } from './tree-entry.ts';

/** An archive, as a stream or as the response that brings it, and what of it is wanted. */
export type TreeArchive = (
  | { readonly stream: Readable; readonly etag: string }
  | {
      readonly response: Response;
      /** Default: that of the response. */
      readonly etag?: string;
    }
) &
  Pick<TreeSelection, 'subpath' | 'filter'>;

/** A file of which a tree is made. */
export interface TreeFile {
  readonly data: Readable;
  /** Below the folder. */
  readonly path: string;
  readonly lastModifiedAt?: Date;
}

/** Makes trees of what hosts send, for readers that plugins and modules bring. */
export interface TreeResponseFactory {
  /** Tar, gzipped or not. Leaves away the first folder of each path, unless `stripFirstDirectory` is false. */
  fromTarArchive(options: TreeArchive & { readonly stripFirstDirectory?: boolean }): Promise<ReadTreeResponse>;
  fromZipArchive(options: TreeArchive): Promise<ReadTreeResponse>;
  fromReadableArray(files: readonly TreeFile[]): Promise<ReadTreeResponse>;
}

/** How trees are limited, and tied to the request that brings them. */
export interface TreeOptions {
  /** Bytes of content, unpacked. */
  readonly maxSize: number;
  readonly explain?: (error: unknown) => unknown;
  readonly onEnd?: () => void;
}

/** Unpacks archives with libraries that are loaded when there is something to unpack. */
export class DefaultTreeResponseFactory implements TreeResponseFactory {
  readonly #workDir: string;
  readonly #options: () => TreeOptions;

  /** @param options - asked for each tree */
  constructor(workDir: string, options: () => TreeOptions) {
    this.#workDir = workDir;
    this.#options = options;
  }

  /** One for a single reading. */
  with(options: TreeOptions): DefaultTreeResponseFactory {
    return new DefaultTreeResponseFactory(this.#workDir, () => options);
  }

  async fromTarArchive(options: TreeArchive & { readonly stripFirstDirectory?: boolean }): Promise<ReadTreeResponse> {
    const { stripFirstDirectory = true, subpath, filter } = options;
    const stream = streamOf(options);
    return this.#create({
      entries: () => readLater(async () => (await import('./tar-entries.ts')).tarEntries(stream)),
      selection: { stripFirstDirectory, subpath, filter },
      etag: etagOf(options),
      archive: subpath || filter ? undefined : () => stream,
    });
  }

  async fromZipArchive(options: TreeArchive): Promise<ReadTreeResponse> {
    const { subpath, filter } = options;
    const stream = streamOf(options);
    const { maxSize } = this.#options();
    return this.#create({
      entries: () =>
        readLater(async () =>
          (await import('./zip-entries.ts')).zipEntries(stream, { workDir: this.#workDir, maxSize }),
        ),
      selection: { subpath, filter },
      etag: etagOf(options),
      archive: subpath || filter ? undefined : () => stream,
    });
  }

  async fromReadableArray(files: readonly TreeFile[]): Promise<ReadTreeResponse> {
    return this.#create({ entries: () => entriesOf(files), etag: '' });
  }

  #create(options: Omit<ConstructorParameters<typeof TreeContent>[0], 'maxSize' | 'workDir'>): ReadTreeResponse {
    const { explain = badArchiveOf, ...rest } = this.#options();
    return new TreeContent({ ...options, ...rest, explain, workDir: this.#workDir });
  }
}

/** Where trees are unpacked: `backend.workingDirectory`. */
export function readWorkingDirectory(config: Config): string {
  return config.getOptionalString('backend.workingDirectory') ?? tmpdir();
}

function badArchiveOf(error: unknown): unknown {
  return badArchive('it cannot be read', error);
}

async function* readLater(open: () => Promise<AsyncIterable<TreeEntry>>): AsyncGenerator<TreeEntry, void> {
  yield* await open();
}

async function* entriesOf(files: readonly TreeFile[]): AsyncGenerator<TreeEntry, void> {
  for (const { data, path, lastModifiedAt } of files) {
    if (!path.endsWith('/')) yield { path, lastModifiedAt, content: () => buffersOf(data) };
  }
}

/** Streams of others may have other chunks. */
async function* buffersOf(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<Buffer, void> {
  for await (const chunk of stream) yield Buffer.from(chunk as Uint8Array);
}

function streamOf(options: TreeArchive): Readable {
  if ('stream' in options) return options.stream;
  const { body } = options.response;
  const stream = body ? Readable.fromWeb(body) : Readable.from([]);
  // It can fail before anybody takes it up, who then learns of it.
  return stream.on('error', () => {});
}

function etagOf(options: TreeArchive): string {
  return options.etag ?? ('response' in options ? options.response.headers.get('etag') : undefined) ?? '';
}
