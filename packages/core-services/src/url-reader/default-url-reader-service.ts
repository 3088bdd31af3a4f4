import type {
  ReadTreeOptions,
  ReadTreeResponse,
  ReadUrlOptions,
  ReadUrlResponse,
  SearchUrlOptions,
  SearchUrlResponse,
  UrlReaderService,
} from '@bulkhead/backend-plugin-api';
import { parseUrl } from './parse-url.ts';
import type { UrlReaderChoice } from './url-reader-factories.ts';

/** Leaves each URL to the first reader that is for it. */
export class DefaultUrlReaderService implements UrlReaderService {
  readonly #choices: () => readonly UrlReaderChoice[];
  readonly #fallback: UrlReaderService;

  /**
   * @param choices - asked for each reading
   * @param fallback - reads what none of the choices is for
   */
  constructor(choices: () => readonly UrlReaderChoice[], fallback: UrlReaderService) {
    this.#choices = choices;
    this.#fallback = fallback;
  }

  /** {@inheritDoc UrlReaderService.readUrl} */
  async readUrl(url: string, options?: ReadUrlOptions): Promise<ReadUrlResponse> {
    return this.#readerFor(url).readUrl(url, options);
  }

  /** {@inheritDoc UrlReaderService.readTree} */
  async readTree(url: string, options?: ReadTreeOptions): Promise<ReadTreeResponse> {
    return this.#readerFor(url).readTree(url, options);
  }

  /** {@inheritDoc UrlReaderService.search} */
  async search(url: string, options?: SearchUrlOptions): Promise<SearchUrlResponse> {
    return this.#readerFor(url).search(url, options);
  }

  #readerFor(url: string): UrlReaderService {
    const parsed = parseUrl(url);
    return this.#choices().find((choice) => choice.predicate(parsed))?.reader ?? this.#fallback;
  }
}
