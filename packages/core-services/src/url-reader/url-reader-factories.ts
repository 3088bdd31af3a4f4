import {
  createServiceRef,
  type LoggerService,
  type RootConfigService,
  type ServiceRef,
  type UrlReaderService,
} from '@bulkhead/backend-plugin-api';
import type { TreeResponseFactory } from './trees/tree-response-factory.ts';

/** A reader, and the URLs that it is for. */
export interface UrlReaderChoice {
  /** Whether the reader is for a URL, of whatever protocol. */
  predicate(url: URL): boolean;
  readonly reader: UrlReaderService;
}

/** What readers are made of. */
export interface UrlReaderFactoryOptions {
  readonly config: RootConfigService;
  /** That of the plugin that reads. */
  readonly logger: LoggerService;
  /** Unpacks the archives of hosts. */
  readonly treeResponseFactory: TreeResponseFactory;
}

/** Makes readers for one plugin. */
export type UrlReaderFactory = (options: UrlReaderFactoryOptions) => readonly UrlReaderChoice[];

/**
 * Readers for certain URLs; any number of factories may provide some. They come before those of the host,
 * and it is they who decide what may be read: `backend.reading.allow` does not concern them.
 *
 * @example
 * ```ts
 * const readers = createServiceFactory({
 *   service: urlReaderFactoriesServiceRef,
 *   deps: {},
 *   factory: () => ({ config }) => [{ predicate: (url) => url.protocol === 's3:', reader: new S3Reader(config) }],
 * });
 * ```
 */
export const urlReaderFactoriesServiceRef: ServiceRef<UrlReaderFactory, 'plugin', 'multiton'> =
  createServiceRef<UrlReaderFactory>({ id: 'core.urlReader.factories', multiton: true });
