import { invalidConfigValue, readOptionalBytes, readOptionalDuration, type Config } from '@bulkhead/config';

/** What the configuration says about the cache. */
export interface CacheSettings {
  readonly store: MemorySettings | RedisSettings | MemcacheSettings;
  /** Milliseconds that entries live if nobody says otherwise; for ever if absent. */
  readonly defaultTtl?: number;
}

/** Entries in the memory of the process. */
export interface MemorySettings {
  readonly type: 'memory';
  readonly maxEntries: number;
  readonly maxSize: number;
}

/** Entries in a Redis, or in Valkey, which speaks the same protocol, that several processes share. */
export interface RedisSettings {
  readonly type: 'redis';
  readonly url: string;
  readonly keyPrefix: string;
  /** Milliseconds to wait for an answer. */
  readonly timeout: number;
}

/** Entries in Memcached that several processes share. */
export interface MemcacheSettings {
  readonly type: 'memcache';
  readonly servers: string;
  readonly keyPrefix: string;
  /** Milliseconds to wait for an answer. */
  readonly timeout: number;
}

const DEFAULT_MAX_ENTRIES = 100_000;
const DEFAULT_MAX_SIZE = 64 * 1024 ** 2;
const DEFAULT_TIMEOUT = 1_000;

/** Reads `backend.cache`. @throws BulkheadError `ERR_CONFIG_VALUE`, `ERR_CONFIG_TYPE`, `ERR_CONFIG_MISSING` */
export function readCacheSettings(config: Config): CacheSettings {
  const section = config.getOptionalConfig('backend.cache');
  const store = section?.getOptionalString('store') ?? 'memory';
  const defaultTtl = section && readOptionalDuration(section, 'defaultTtl');
  return { store: readStore(store, section), defaultTtl };
}

function readStore(store: string, section: Config | undefined): CacheSettings['store'] {
  switch (store) {
    case 'memory':
      return readMemorySettings(section);
    case 'redis':
    case 'valkey':
      return readRedisSettings(section!, store);
    case 'memcache':
      return { type: 'memcache', servers: section!.getString('connection'), ...readSharedSettings(section!, store) };
    default:
      throw invalidConfigValue(section!, 'store', {
        expected: "'memory', 'redis', 'valkey' or 'memcache'",
        hint:
          store === 'infinispan'
            ? 'This host has no client for Infinispan. Its Redis protocol (RESP) can be used: store: redis.'
            : 'Use one of the others when several processes are to share the cache.',
      });
  }
}

function readMemorySettings(section: Config | undefined): MemorySettings {
  const maxEntries = section?.getOptionalNumber('maxEntries') ?? DEFAULT_MAX_ENTRIES;
  if (!Number.isInteger(maxEntries) || maxEntries < 1) {
    throw invalidConfigValue(section!, 'maxEntries', { expected: 'a whole number above 0' });
  }
  const maxSize = (section && readOptionalBytes(section, 'maxSize')) ?? DEFAULT_MAX_SIZE;
  if (maxSize < 1) throw invalidConfigValue(section!, 'maxSize', { expected: 'a size above 0' });
  return { type: 'memory', maxEntries, maxSize };
}

function readRedisSettings(section: Config, store: 'redis' | 'valkey'): RedisSettings {
  const isObject = typeof section.getOptional('connection') === 'object';
  const text = section.getString(isObject ? 'connection.url' : 'connection');
  const url = text.replace(/^valkey(s?):/, 'redis$1:');
  if (!URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol)) {
    throw invalidConfigValue(section, isObject ? 'connection.url' : 'connection', {
      expected: 'the URL of a Redis',
      hint: 'Write redis://user:password@host:6379/0, or rediss://… for TLS.',
    });
  }
  if (section.has(`${store}.cluster`)) {
    throw invalidConfigValue(section, `${store}.cluster`, {
      expected: 'absent, since clusters are not supported',
      hint: 'Name one server in backend.cache.connection.',
    });
  }
  return { type: 'redis', url, ...readSharedSettings(section, store) };
}

/** The namespace is what Backstage calls the prefix. */
function readSharedSettings(section: Config, store: string): Pick<RedisSettings, 'keyPrefix' | 'timeout'> {
  const namespace = section.getOptionalString(`${store}.client.namespace`);
  return {
    keyPrefix: section.getOptionalString('keyPrefix') ?? namespace ?? 'bulkhead',
    timeout: readOptionalDuration(section, 'timeout') ?? DEFAULT_TIMEOUT,
  };
}
