import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type {
  ReadTreeOptions,
  ReadTreeResponse,
  ReadUrlOptions,
  ReadUrlResponse,
  SearchUrlOptions,
  SearchUrlResponse,
  UrlReaderService,
} from '@bulkhead/backend-plugin-api';
import { BulkheadError } from '@bulkhead/errors';
import { Content } from '../content.ts';
import { notSupported, unchanged, unusableRepositoryUrl } from '../errors.ts';
import { parseUrl } from '../parse-url.ts';
import type { ReadingSettings } from '../reading-settings.ts';
import { Reading } from '../reading.ts';
import { refuseUnchanged } from '../response-version.ts';
import { findOne, isPattern } from '../search.ts';
import { TreeContent } from '../trees/tree-content.ts';
import type { TreeEntry } from '../trees/tree-entry.ts';
import type { BucketPlace, BucketStorage, ListedObject } from './bucket.ts';
import { explainStorageError } from './storage-errors.ts';

/** What {@link BucketUrlReader} is made of. */
export interface BucketUrlReaderOptions {
  readonly storage: BucketStorage;
  /** Asked for each reading. */
  readonly settings: () => ReadingSettings;
  /** Where folders are made. */
  readonly workDir: string;
}

/** Reads from a storage of objects. What is particular about the storage is in its {@link BucketStorage}. */
export class BucketUrlReader implements UrlReaderService {
  readonly #options: BucketUrlReaderOptions;

  constructor(options: BucketUrlReaderOptions) {
    this.#options = options;
  }

  /** {@inheritDoc UrlReaderService.readUrl} @throws what `docs/errors.md` lists under `ERR_URL_READER_…` */
  async readUrl(url: string, options: ReadUrlOptions = {}): Promise<ReadUrlResponse> {
    const { storage, settings } = this.#options;
    const { timeout, maxSize } = settings();
    return this.#during(url, { signal: options.signal, timeout }, async (reading) => {
      const { etag, lastModifiedAfter } = options;
      const { signal } = reading;
      const { body, ...version } = await storage.get(this.#locate(url), { etag, lastModifiedAfter, signal });
      refuseUnchanged(reading.url, version, options);
      const content = new Content({ reading, body, maxSize });
      return { ...version, buffer: () => content.buffer(), stream: () => content.stream() };
    });
  }

  /** {@inheritDoc UrlReaderService.readTree} @throws what `docs/errors.md` lists under `ERR_URL_READER_…` */
  async readTree(url: string, options: ReadTreeOptions = {}): Promise<ReadTreeResponse> {
    const { settings, workDir } = this.#options;
    const limits = settings().trees;
    return this.#during(url, { signal: options.signal, timeout: limits.timeout }, async (reading) => {
      const place = this.#locate(url);
      const objects = (await this.#list(place, reading)).filter(({ key }) => isWithin(key, place.key));
      const etag = versionOf(objects);
      if (etag !== '' && etag === options.etag) throw unchanged(reading.url);
      return new TreeContent({
        entries: () => this.#entries(place, objects, reading),
        selection: { filter: options.filter },
        etag,
        maxSize: limits.maxSize,
        workDir,
        explain: (error) => explainStorageError(error, reading),
        onEnd: () => reading.end(),
      });
    });
  }

  /**
   * {@inheritDoc UrlReaderService.search}
   *
   * A pattern is the start of a key and `*`, since that is how storages list keys.
   */
  async search(url: string, options: SearchUrlOptions = {}): Promise<SearchUrlResponse> {
    const place = this.#locate(url);
    const start = place.key.slice(0, -1);
    if (!isPattern(place.key)) return findOne(url, () => this.readUrl(url, options));
    if (!place.key.endsWith('*') || isPattern(start) || this.#options.storage.hasFolders) {
      throw notSupported('Searching by this pattern', parseUrl(url), 'Search for the start of a key and *.');
    }
    const { timeout } = this.#options.settings().trees;
    return this.#during(url, { signal: options.signal, timeout }, async (reading) => {
      const objects = await this.#list({ ...place, key: start }, reading);
      const etag = versionOf(objects);
      if (etag !== '' && etag === options.etag) throw unchanged(reading.url);
      reading.end();
      return { etag, files: objects.map((object) => this.#toFound(place, object, options)) };
    });
  }

  #toFound(place: BucketPlace, { key, lastModifiedAt }: ListedObject, { signal, token }: SearchUrlOptions) {
    const url = place.at(key);
    const read = async () => (await this.readUrl(url, { signal, token })).buffer();
    let content: Promise<Buffer> | undefined;
    return { url, lastModifiedAt, content: () => (content ??= read()) };
  }

  async *#entries(place: BucketPlace, objects: readonly ListedObject[], reading: Reading): AsyncGenerator<TreeEntry> {
    for (const { key, lastModifiedAt } of objects) {
      const { body } = await this.#options.storage.get({ ...place, key }, { signal: reading.signal });
      const path = key === place.key ? posix.basename(key) : posix.relative(place.key, key);
      yield { path, lastModifiedAt, content: () => buffersOf(body) };
    }
  }

  /** Without those that stand for folders. */
  async #list(place: BucketPlace, { signal }: Reading): Promise<ListedObject[]> {
    const objects: ListedObject[] = [];
    for await (const object of this.#options.storage.list(place, { signal })) {
      if (!object.key.endsWith('/')) objects.push(object);
    }
    return objects;
  }

  #locate(url: string): BucketPlace {
    const parsed = parseUrl(url);
    try {
      return this.#options.storage.locate(url);
    } catch (error) {
      throw error instanceof BulkheadError ? error : unusableRepositoryUrl(parsed, error);
    }
  }

  async #during<T>(
    url: string,
    { signal, timeout }: { readonly signal?: AbortSignal; readonly timeout: number },
    read: (reading: Reading) => Promise<T>,
  ): Promise<T> {
    return Reading.of(parseUrl(url), { timeout, signal, explain: explainStorageError }, read);
  }
}

function isWithin(key: string, folder: string): boolean {
  return folder === '' || key === folder || key.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** Another one when an object has come, gone or changed; empty if the storage does not tell. */
function versionOf(objects: readonly ListedObject[]): string {
  if (objects.some(({ version }) => version === undefined)) return '';
  const hash = createHash('sha256');
  for (const { key, version } of objects) hash.update(`${JSON.stringify([key, version])}\n`);
  return hash.digest('base64url');
}

async function* buffersOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}
