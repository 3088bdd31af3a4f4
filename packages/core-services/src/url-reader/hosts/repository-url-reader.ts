import { Readable } from 'node:stream';
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
import { badArchive, unchanged, unusableRepositoryUrl } from '../errors.ts';
import { parseUrl } from '../parse-url.ts';
import type { ReadingSettings } from '../reading-settings.ts';
import { Reading } from '../reading.ts';
import { conditionsOf } from '../request.ts';
import { refuseUnchanged, refuseUnusable, versionOf } from '../response-version.ts';
import { findOne, isPattern } from '../search.ts';
import type { DefaultTreeResponseFactory } from '../trees/tree-response-factory.ts';
import { loadOptional } from '../optional-package.ts';
import { HostClient } from './host-client.ts';
import { parseSafeUrl } from './safe-url.ts';
import type { FileRequest, ListedFile, Place, RepositoryHost, Snapshot } from './repository-host.ts';

/** What {@link RepositoryUrlReader} is made of. */
export interface RepositoryUrlReaderOptions {
  readonly host: RepositoryHost;
  /** Asked for each reading. */
  readonly settings: () => ReadingSettings;
  readonly trees: DefaultTreeResponseFactory;
}

/** Reads from a repository host. What is particular about the host is in its {@link RepositoryHost}. */
export class RepositoryUrlReader implements UrlReaderService {
  readonly #options: RepositoryUrlReaderOptions;

  constructor(options: RepositoryUrlReaderOptions) {
    this.#options = options;
  }

  /** {@inheritDoc UrlReaderService.readUrl} @throws what `docs/errors.md` lists under `ERR_URL_READER_…` */
  async readUrl(url: string, options: ReadUrlOptions = {}): Promise<ReadUrlResponse> {
    const { maxSize } = this.#options.settings();
    return this.#during(url, options, async (client, reading) => {
      const file = await this.#ask(url, () => this.#options.host.file(url, client), reading.signal);
      const response = await this.#fetchFile(client, file, options);
      const version = versionOf(response);
      refuseUnusable(reading.url, response, maxSize);
      if (file.isConditional !== false) refuseUnchanged(reading.url, version, options);
      const content = new Content({ reading, body: response.body, maxSize });
      return { ...version, ...(file.decode ? decoded(content, file.decode) : plain(content)) };
    });
  }

  /** {@inheritDoc UrlReaderService.readTree} @throws what `docs/errors.md` lists under `ERR_URL_READER_…` */
  async readTree(url: string, options: ReadTreeOptions = {}): Promise<ReadTreeResponse> {
    return this.#duringTree(url, options, async (client, reading) => {
      const snapshot = await this.#snapshot(url, client, options);
      return this.#openTree(snapshot, { client, reading, filter: options.filter });
    });
  }

  /**
   * {@inheritDoc UrlReaderService.search}
   *
   * The pattern is that of minimatch, over the path in the repository.
   */
  async search(url: string, options: SearchUrlOptions = {}): Promise<SearchUrlResponse> {
    const { host } = this.#options;
    const place = await this.#ask(url, async () => host.locate(url));
    if (!isPattern(place.path)) return findOne(url, () => this.readUrl(url, options));
    const { Minimatch } = await loadOptional('minimatch', () => import('minimatch'));
    const matcher = new Minimatch(place.path);
    const folder = staticPartOf(place.path);
    return this.#duringTree(place.at(folder), options, async (client, reading) => {
      const snapshot = await this.#snapshot(place.at(folder), client, options);
      const listed = await snapshot.list?.();
      if (listed) {
        reading.end();
        const found = listed.filter(({ path }) => matcher.match(path));
        return { etag: snapshot.revision, files: found.map((file) => this.#toFound(place, file, options)) };
      }
      const prefix = folder === '' ? '' : `${folder}/`;
      const filter = (path: string): boolean => matcher.match(`${prefix}${path}`);
      const files = await (await this.#openTree(snapshot, { client, reading, filter })).files();
      return {
        etag: snapshot.revision,
        files: files.map(({ path, ...file }) => ({ ...file, url: place.at(`${prefix}${path}`) })),
      };
    });
  }

  #toFound(place: Place, { path, file }: ListedFile, { token, signal }: SearchUrlOptions) {
    const url = place.at(path);
    const read = (): Promise<Buffer> =>
      this.#during(url, { token, signal }, async (client, reading) => {
        const { maxSize } = this.#options.settings();
        const response = await client.get(file);
        const content = await new Content({ reading, body: response.body, maxSize }).buffer();
        return file.decode ? file.decode(content) : content;
      });
    let content: Promise<Buffer> | undefined;
    return { url, content: () => (content ??= read()) };
  }

  async #fetchFile(client: HostClient, file: FileRequest, options: ReadUrlOptions): Promise<Response> {
    const conditions = file.isConditional === false ? {} : Object.fromEntries(conditionsOf(options));
    const request = { ...file, headers: { ...file.headers, ...conditions } };
    const response = await client.send(request);
    if (response.status !== 304) await client.refuseFailure(response, request);
    return response;
  }

  async #snapshot(url: string, client: HostClient, { etag, signal }: ReadTreeOptions): Promise<Snapshot> {
    const snapshot = await this.#ask(url, () => this.#options.host.snapshot(url, client), signal);
    if (etag && etag === snapshot.revision) throw unchanged(parseUrl(url));
    return snapshot;
  }

  async #openTree(
    { revision, archive }: Snapshot,
    { client, reading, filter }: { client: HostClient; reading: Reading; filter?: ReadTreeOptions['filter'] },
  ): Promise<ReadTreeResponse> {
    const response = await client.get(archive);
    const { format, subpath, stripFirstDirectory } = archive;
    const trees = this.#options.trees.with({
      maxSize: this.#options.settings().trees.maxSize,
      explain: (error) => (reading.signal.aborted ? reading.explain(error) : badArchive('it cannot be read', error)),
      onEnd: () => reading.end(),
    });
    const options = { response, subpath, filter, etag: revision };
    return format === 'zip' ? trees.fromZipArchive(options) : trees.fromTarArchive({ ...options, stripFirstDirectory });
  }

  /** What goes wrong in the description of the host, other than requests, is that the URL names nothing there. */
  async #ask<T>(url: string, question: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await question();
    } catch (error) {
      const isTold = error instanceof BulkheadError || signal?.aborted;
      throw isTold ? error : unusableRepositoryUrl(parseUrl(url), error);
    }
  }

  async #during<T>(
    url: string,
    options: Pick<ReadUrlOptions, 'signal' | 'token'> & { readonly timeout?: number },
    read: (client: HostClient, reading: Reading) => Promise<T>,
  ): Promise<T> {
    const { signal, token, timeout = this.#options.settings().timeout } = options;
    const { host } = this.#options;
    return Reading.of(parseSafeUrl(url), { timeout, signal }, (reading) =>
      read(new HostClient({ host, reading, token }), reading),
    );
  }

  async #duringTree<T>(
    url: string,
    options: ReadTreeOptions,
    read: (client: HostClient, reading: Reading) => Promise<T>,
  ): Promise<T> {
    const { signal, token } = options;
    return this.#during(url, { signal, token, timeout: this.#options.settings().trees.timeout }, read);
  }
}

function plain(content: Content): Pick<ReadUrlResponse, 'buffer' | 'stream'> {
  return { buffer: () => content.buffer(), stream: () => content.stream() };
}

function decoded(content: Content, decode: (body: Buffer) => Buffer): Pick<ReadUrlResponse, 'buffer' | 'stream'> {
  const buffer = async (): Promise<Buffer> => decode(await content.buffer());
  async function* chunks(): AsyncGenerator<Buffer, void> {
    yield await buffer();
  }
  return { buffer, stream: () => Readable.from(chunks(), { objectMode: false }) };
}

/** The folder in which everything is that a pattern can match. */
function staticPartOf(pattern: string): string {
  const segments = pattern.split('/');
  return segments.slice(0, segments.findIndex(isPattern)).join('/');
}
