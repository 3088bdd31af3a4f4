import {
  coreServices,
  createServiceFactory,
  type CacheService,
  type RootLoggerService,
  type ServiceFactory,
} from '@bulkhead/backend-plugin-api';
import { readCacheSettings, type CacheSettings } from './cache-settings.ts';
import type { CacheStore } from './cache-store.ts';
import { DefaultCacheService } from './default-cache-service.ts';

/** The cache of a plugin, as `backend.cache` configures it: in memory, or in a server that all processes share. */
export const cacheServiceFactory: ServiceFactory<CacheService, 'plugin'> = createServiceFactory({
  service: coreServices.cache,
  deps: {
    rootConfig: coreServices.rootConfig,
    rootLogger: coreServices.rootLogger,
    metadata: coreServices.pluginMetadata,
  },
  createRootContext: ({ rootConfig, rootLogger }) => new SharedStore(readCacheSettings(rootConfig), rootLogger),
  factory: async ({ metadata }, shared) => {
    const { defaultTtl } = shared.settings;
    return new DefaultCacheService(await shared.store(), metadata.getId(), { ttl: defaultTtl });
  },
});

/** The store that all plugins of the process share, made for the first one that asks. */
class SharedStore implements AsyncDisposable {
  readonly settings: CacheSettings;
  readonly #logger: RootLoggerService;
  #store: Promise<CacheStore> | undefined;

  constructor(settings: CacheSettings, logger: RootLoggerService) {
    this.settings = settings;
    this.#logger = logger;
  }

  store(): Promise<CacheStore> {
    return (this.#store ??= this.#create());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#store)?.[Symbol.asyncDispose]();
  }

  async #create(): Promise<CacheStore> {
    const { store } = this.settings;
    if (store.type === 'redis') {
      const { RedisCacheStore } = await import('./redis-cache-store.ts');
      return RedisCacheStore.create({ ...store, logger: this.#logger });
    }
    if (store.type === 'memcache') {
      const { MemcacheCacheStore } = await import('./memcache-cache-store.ts');
      return new MemcacheCacheStore({ ...store, logger: this.#logger });
    }
    const { MemoryCacheStore } = await import('./memory-cache-store.ts');
    return new MemoryCacheStore(store);
  }
}
