/**
 * The cache of a plugin.
 *
 * @packageDocumentation
 */

export { cacheServiceFactory } from './cache-service-factory.ts';
export { DefaultCacheService } from './default-cache-service.ts';
export { toCacheableJson } from './cacheable-json.ts';
export type { CacheStore } from './cache-store.ts';
