import type {
  ReadTreeOptions,
  ReadTreeResponse,
  ReadUrlOptions,
  ReadUrlResponse,
  SearchUrlOptions,
  SearchUrlResponse,
  UrlReaderService,
} from '@bulkhead/backend-plugin-api';
import { Content } from './content.ts';
import { isWebUrl, notSupported, readingNotAllowed } from './errors.ts';
import { parseUrl } from './parse-url.ts';
import type { ReadingSettings } from './reading-settings.ts';
import { Reading } from './reading.ts';
import { request } from './request.ts';
import { refuseUnchanged, refuseUnusable, versionOf } from './response-version.ts';
import { findOne } from './search.ts';

/**
 * Reads files over HTTP from the hosts that the configuration allows. What a name resolves to is not looked at: an
 * allowed name that leads to an address inside of the network is read.
 */
export class PlainUrlReader implements UrlReaderService {
  readonly #settings: () => ReadingSettings;

  /** @param settings - asked for each reading */
  constructor(settings: () => ReadingSettings) {
    this.#settings = settings;
  }

  /**
   * {@inheritDoc UrlReaderService.readUrl}
   *
   * @throws what `docs/errors.md` lists under `ERR_URL_READER_…`; the reason of `options.signal`
   */
  async readUrl(url: string, options: ReadUrlOptions = {}): Promise<ReadUrlResponse> {
    const { allow, timeout, maxSize } = this.#settings();
    return Reading.of(parseUrl(url), { timeout, signal: options.signal }, async (reading) => {
      const { etag, lastModifiedAfter, token } = options;
      const isAllowed = (target: URL): boolean => isWebUrl(target) && allow.allows(target);
      const response = await request(reading, { etag, lastModifiedAfter, token, isAllowed });
      const version = versionOf(response);
      refuseUnusable(reading.url, response, maxSize);
      refuseUnchanged(reading.url, version, options);
      const content = new Content({ reading, body: response.body, maxSize });
      return { ...version, buffer: () => content.buffer(), stream: () => content.stream() };
    });
  }

  /** Always fails: files over HTTP have no folders. @throws `ERR_URL_READER_NOT_IMPLEMENTED` */
  async readTree(url: string, _options?: ReadTreeOptions): Promise<ReadTreeResponse> {
    throw notSupported('Reading a folder', this.#allowed(url), 'Read its files by readUrl.');
  }

  /**
   * Finds the file at a URL without wildcards, and reads it. Nothing is found where there is no file.
   *
   * @throws as {@link PlainUrlReader.readUrl}; NotImplementedError `ERR_URL_READER_NOT_IMPLEMENTED` for a pattern
   */
  async search(url: string, options: SearchUrlOptions = {}): Promise<SearchUrlResponse> {
    const parsed = this.#allowed(url);
    if (parsed.pathname.includes('*')) {
      throw notSupported('Searching by a pattern', parsed, 'Search for a URL without *.');
    }
    return findOne(url, () => this.readUrl(url, options));
  }

  #allowed(url: string): URL {
    const parsed = parseUrl(url);
    if (isWebUrl(parsed) && this.#settings().allow.allows(parsed)) return parsed;
    throw readingNotAllowed(parsed);
  }
}
