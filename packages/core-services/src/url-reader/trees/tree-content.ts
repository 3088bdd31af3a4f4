import type { ReadTreeResponse, UrlFile } from '@bulkhead/backend-plugin-api';
import { badArchive, treeTaken, treeTooLarge } from '../errors.ts';
import { BulkheadError } from '@bulkhead/errors';
import { limitSize } from './limit-size.ts';
import { packFolder } from './pack-folder.ts';
import { selectPath, type TreeEntry, type TreeSelection } from './tree-entry.ts';
import { writeTree } from './write-tree.ts';

/** What {@link TreeContent} is made of. */
export interface TreeContentOptions {
  readonly entries: () => AsyncIterable<TreeEntry>;
  readonly selection?: TreeSelection;
  readonly etag: string;
  /** Bytes of content, unpacked, and {@link ENTRY_SIZE} for each file. */
  readonly maxSize: number;
  /** Where folders are made. */
  readonly workDir: string;
  /** What came, if it is an archive of exactly this tree. */
  readonly archive?: () => NodeJS.ReadableStream;
  /** The error to throw for one that arose while the tree was read. */
  readonly explain?: (error: unknown) => unknown;
  /** Called when the tree has been taken up, or cannot be. */
  readonly onEnd?: () => void;
}

/** What a file takes besides its content, in bytes: very many empty ones pack into very little. */
const ENTRY_SIZE = 512;

/** The files of a folder, which can be taken up once, in one of three ways. */
export class TreeContent implements ReadTreeResponse {
  readonly etag: string;
  readonly #options: TreeContentOptions;
  #isTaken = false;

  constructor(options: TreeContentOptions) {
    this.#options = options;
    this.etag = options.etag;
  }

  /**
   * {@inheritDoc ReadTreeResponse.files}
   *
   * @throws BulkheadError `ERR_URL_READER_CONTENT_TAKEN`, `ERR_URL_READER_ARCHIVE`, `ERR_URL_READER_TOO_LARGE`
   */
  async files(): Promise<UrlFile[]> {
    return this.#take(async (entries) => {
      const files: UrlFile[] = [];
      for await (const { path, lastModifiedAt, linkTarget, content } of entries) {
        if (linkTarget !== undefined) continue;
        const chunks: Buffer[] = [];
        for await (const chunk of content()) chunks.push(chunk);
        const text = Buffer.concat(chunks);
        files.push({ path, lastModifiedAt, content: async () => text });
      }
      return files;
    });
  }

  /** {@inheritDoc ReadTreeResponse.archive} It is the host's own where that has nothing but the folder. */
  async archive(): Promise<NodeJS.ReadableStream> {
    const { archive } = this.#options;
    if (!archive) return packFolder(await this.dir());
    this.#claim();
    return archive();
  }

  /** {@inheritDoc ReadTreeResponse.dir} Symbolic links out of the folder are left out. */
  async dir({ targetDir }: { readonly targetDir?: string } = {}): Promise<string> {
    const { workDir } = this.#options;
    return this.#take((entries) => writeTree(entries, { targetDir, workDir }));
  }

  #claim(): void {
    if (this.#isTaken) throw treeTaken();
    this.#isTaken = true;
  }

  async #take<T>(use: (entries: AsyncIterable<TreeEntry>) => Promise<T>): Promise<T> {
    this.#claim();
    const { explain, onEnd } = this.#options;
    try {
      return await use(this.#entries());
    } catch (error) {
      throw error instanceof BulkheadError ? error : (explain?.(error) ?? error);
    } finally {
      onEnd?.();
    }
  }

  /** Those that belong to the tree, under their names there, with no more content than is taken. */
  async *#entries(): AsyncGenerator<TreeEntry, void> {
    const { entries, selection = {}, maxSize } = this.#options;
    const budget = { left: maxSize, maxSize };
    for await (const entry of entries()) {
      const path = selectPath(entry, selection);
      if (path === undefined) continue;
      budget.left -= ENTRY_SIZE;
      if (budget.left < 0) throw treeTooLarge(maxSize);
      if (!isSafe(path)) throw badArchive(`it has the path '${path}', which leads out of it`);
      yield { ...entry, path, content: () => limitSize(entry.content(), budget) };
    }
  }
}

function isSafe(path: string): boolean {
  return path !== '' && !/^[/\\]|^[a-z]:|\0/i.test(path) && !path.split(/[/\\]/).includes('..');
}
