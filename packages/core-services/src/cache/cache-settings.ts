import { invalidConfigValue, readOptionalBytes, readOptionalDuration, type Config } from '@bulkhead/config';

/** What the configuration says about the cache. */
export interface CacheSettings {
  readonly store: MemorySettings | RedisSettings;
  /** Milliseconds that entries live if nobody says otherwise; for ever if absent. */
  readonly defaultTtl?: number;
}

/** Entries in the memory of the process. */
export interface MemorySettings {
  readonly type: 'memory';
  readonly maxEntries: number;
  readonly maxSize: number;
}

/** Entries in a Redis that several processes share. */
export interface RedisSettings {
  readonly type: 'redis';
  readonly url: string;
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
  if (store === 'memory') return { store: readMemorySettings(section), defaultTtl };
  if (store === 'redis') return { store: readRedisSettings(section!), defaultTtl };
  throw invalidConfigValue(section!, 'store', {
    expected: "'memory' or 'redis'",
    hint: "Use 'redis' when several processes are to share the cache.",
  });
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

function readRedisSettings(section: Config): RedisSettings {
  const url = section.getString('connection');
  if (!URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol)) {
    throw invalidConfigValue(section, 'connection', {
      expected: 'the URL of a Redis',
      hint: 'Write redis://user:password@host:6379/0, or rediss://… for TLS.',
    });
  }
  return {
    type: 'redis',
    url,
    keyPrefix: section.getOptionalString('keyPrefix') ?? 'bulkhead',
    timeout: readOptionalDuration(section, 'timeout') ?? DEFAULT_TIMEOUT,
  };
}
