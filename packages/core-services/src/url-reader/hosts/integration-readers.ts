import type {
  ReadTreeOptions,
  ReadTreeResponse,
  ReadUrlOptions,
  ReadUrlResponse,
  SearchUrlOptions,
  SearchUrlResponse,
  UrlReaderService,
} from '@bulkhead/backend-plugin-api';
import type { Config } from '@bulkhead/config';
import type { ReadingSettings } from '../reading-settings.ts';
import type { DefaultTreeResponseFactory } from '../trees/tree-response-factory.ts';
import type { UrlReaderChoice } from '../url-reader-factories.ts';
import { HOST_KINDS, type HostKind } from './host-kinds.ts';
import type { Integrations } from './integrations.ts';

/** What readers of hosts are made of. */
export interface IntegrationReadersOptions {
  readonly config: Config;
  /** Asked for each reading. */
  readonly settings: () => ReadingSettings;
  readonly trees: DefaultTreeResponseFactory;
  readonly workDir: string;
}

/**
 * Readers for the hosts under `integrations`. What it takes to read from a kind of host is loaded with the first URL
 * that is there.
 */
export function createIntegrationReaders(options: IntegrationReadersOptions): readonly UrlReaderChoice[] {
  const { config } = options;
  let integrations: Promise<Integrations> | undefined;
  const load = (): Promise<Integrations> => {
    integrations ??= import('./integrations.ts').then(({ loadIntegrations }) => loadIntegrations(config));
    integrations.catch(() => (integrations = undefined));
    return integrations;
  };
  return HOST_KINDS.flatMap((kind) => {
    const entries = entriesOf(config, kind.key);
    const hosts = entries ? kind.hosts(entries) : [];
    return hosts.map(({ id, matches }) => ({
      predicate: matches,
      reader: new LazyUrlReader(async () => createReader(kind, { ...options, integrations: await load(), id })),
    }));
  });
}

/** `undefined` if the kind is not configured. */
function entriesOf(config: Config, key: string): readonly Config[] | undefined {
  const value = config.getOptional(`integrations.${key}`);
  if (Array.isArray(value)) return config.getConfigArray(`integrations.${key}`);
  return value === undefined ? undefined : [config.getConfig(`integrations.${key}`)];
}

async function createReader(
  { create }: HostKind,
  options: IntegrationReadersOptions & { readonly integrations: Integrations; readonly id: string },
): Promise<UrlReaderService> {
  const { integrations, id, settings, trees, workDir } = options;
  if ('repository' in create) {
    const { RepositoryUrlReader } = await import('./repository-url-reader.ts');
    return new RepositoryUrlReader({ host: (await create.repository())(integrations, id), settings, trees });
  }
  const { BucketUrlReader } = await import('../buckets/bucket-url-reader.ts');
  return new BucketUrlReader({ storage: (await create.bucket())(integrations, id), settings, workDir });
}

/** Makes the reader when somebody reads. What fails is tried anew the next time. */
class LazyUrlReader implements UrlReaderService {
  readonly #create: () => Promise<UrlReaderService>;
  #reader: Promise<UrlReaderService> | undefined;

  constructor(create: () => Promise<UrlReaderService>) {
    this.#create = create;
  }

  async readUrl(url: string, options?: ReadUrlOptions): Promise<ReadUrlResponse> {
    return (await this.#get()).readUrl(url, options);
  }

  async readTree(url: string, options?: ReadTreeOptions): Promise<ReadTreeResponse> {
    return (await this.#get()).readTree(url, options);
  }

  async search(url: string, options?: SearchUrlOptions): Promise<SearchUrlResponse> {
    return (await this.#get()).search(url, options);
  }

  #get(): Promise<UrlReaderService> {
    this.#reader ??= this.#create().catch((error: unknown) => {
      this.#reader = undefined;
      throw error;
    });
    return this.#reader;
  }
}
