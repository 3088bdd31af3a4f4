import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import {
  resolveSafeChildPath,
  type ReadTreeOptions,
  type ReadTreeResponse,
  type ReadUrlOptions,
  type ReadUrlResponse,
  type SearchUrlOptions,
  type SearchUrlResponse,
  type UrlReaderService,
} from '@bulkhead/backend-plugin-api';
import { NotAllowedError, NotFoundError, NotModifiedError } from '@bulkhead/errors';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import type { MockPluginOptions } from './mock-service.ts';
import { packTar } from './tar-archive.ts';

/** What there is to read. */
export interface MockUrlReaderOptions extends MockPluginOptions {
  /** Content by URL. Hosts of which nothing is given count as not allowed. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
}

/** A {@link UrlReaderService} over given content. */
export type MockUrlReader = Recorded<
  UrlReaderService,
  {
    /** Adds a file, or replaces its content. */
    setFile(url: string, content: string | Buffer): void;
    /** Removes a file. */
    removeFile(url: string): void;
  }
>;

/** @internal */
export function createMockUrlReader({ files = {} }: MockUrlReaderOptions): MockUrlReader {
  const reader = new ContentUrlReader();
  for (const [url, content] of Object.entries(files)) reader.setFile(url, content);
  return recordCalls<UrlReaderService, Pick<MockUrlReader, 'setFile' | 'removeFile'>>(reader, {
    setFile: (url, content) => reader.setFile(url, content),
    removeFile: (url) => reader.removeFile(url),
  });
}

interface StoredFile {
  readonly url: string;
  readonly content: Buffer;
  readonly lastModifiedAt: Date;
}

class ContentUrlReader implements UrlReaderService {
  readonly #files = new Map<string, StoredFile>();
  readonly #origins = new Set<string>();

  setFile(url: string, content: string | Buffer): void {
    const { href, origin } = new URL(url);
    this.#origins.add(origin);
    this.#files.set(href, { url: href, content: Buffer.from(content), lastModifiedAt: new Date() });
  }

  removeFile(url: string): void {
    this.#files.delete(new URL(url).href);
  }

  async readUrl(url: string, options: ReadUrlOptions = {}): Promise<ReadUrlResponse> {
    const file = this.#files.get(this.#allowed(url, options).href);
    if (!file) throw new NotFoundError(`There is nothing at ${url}`);
    const { content, lastModifiedAt } = file;
    const etag = etagOf([file]);
    refuseUnchanged(url, etag, options);
    if (options.lastModifiedAfter && lastModifiedAt <= options.lastModifiedAfter) throw unchanged(url);
    return { buffer: async () => content, stream: () => Readable.from([content]), etag, lastModifiedAt };
  }

  async readTree(url: string, options: ReadTreeOptions = {}): Promise<ReadTreeResponse> {
    const { href } = this.#allowed(url, options);
    const root = href.endsWith('/') ? href : `${href}/`;
    const below = [...this.#files.values()].filter((file) => file.url.startsWith(root));
    if (below.length === 0) throw new NotFoundError(`There is nothing below ${url}`);
    const files = below
      .map((file) => ({ ...file, path: decodeURIComponent(file.url.slice(root.length)) }))
      .filter(({ path, content }) => !options.filter || options.filter(path, { size: content.length }));
    const etag = etagOf(below);
    refuseUnchanged(url, etag, options);
    return {
      etag,
      files: async () =>
        files.map(({ path, content, lastModifiedAt }) => ({ path, content: async () => content, lastModifiedAt })),
      archive: async () => Readable.from([gzipSync(packTar(files))]),
      dir: async ({ targetDir } = {}) => {
        const dir = targetDir ?? (await mkdtemp(join(tmpdir(), 'bulkhead-tree-')));
        for (const { path, content } of files) await writeBelow(dir, path, content);
        return dir;
      },
    };
  }

  async search(url: string, options: SearchUrlOptions = {}): Promise<SearchUrlResponse> {
    const pattern = globToRegExp(this.#allowed(url, options).href);
    const found = [...this.#files.values()].filter((file) => pattern.test(file.url));
    const etag = etagOf(found);
    refuseUnchanged(url, etag, options);
    const files = found.map((file) => ({
      url: file.url,
      content: async () => file.content,
      lastModifiedAt: file.lastModifiedAt,
    }));
    return { files, etag };
  }

  #allowed(url: string, { signal }: { readonly signal?: AbortSignal }): URL {
    signal?.throwIfAborted();
    const parsed = new URL(url);
    if (this.#origins.has(parsed.origin)) return parsed;
    throw new NotAllowedError(`Reading from ${parsed.host} is not allowed`, {
      hint: `Give the mock content of that host: mockServices.urlReader({ files: { '${url}': '…' } }).`,
    });
  }
}

async function writeBelow(dir: string, path: string, content: Buffer): Promise<void> {
  const target = resolveSafeChildPath(dir, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, content);
}

function etagOf(files: readonly StoredFile[]): string {
  const hash = createHash('sha256');
  for (const { url, content } of files) hash.update(url).update('\0').update(content);
  return hash.digest('hex').slice(0, 32);
}

function refuseUnchanged(url: string, etag: string, options: { readonly etag?: string }): void {
  if (options.etag === etag) throw unchanged(url);
}

function unchanged(url: string): NotModifiedError {
  return new NotModifiedError(`${url} has not changed`);
}

/** `*` stands for any characters but slashes, `**` for any. */
function globToRegExp(glob: string): RegExp {
  const source = glob
    .split(/(\*\*\/?|\*)/)
    .map((part) => {
      if (part.startsWith('**')) return '.*';
      return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}$`);
}
