import type { LoggerService } from '@bulkhead/backend-plugin-api';
import { invalidConfigValue, readOptionalBytes, readOptionalDuration, type Config } from '@bulkhead/config';
import { AllowList } from './allow-list.ts';

/** What the configuration says about reading. */
export interface ReadingSettings {
  readonly allow: AllowList;
  /** Milliseconds from the request to the end of the content. */
  readonly timeout: number;
  /** Bytes of content, decompressed. */
  readonly maxSize: number;
}

const SECTION = 'backend.reading';
const DEFAULT_TIMEOUT = 30_000;
const DEFAULT_MAX_SIZE = 32 * 1024 ** 2;
/** What a timer can hold. */
const MAX_TIMEOUT = 2 ** 31 - 1;

/** Reads `backend.reading`. @throws BulkheadError `ERR_CONFIG_VALUE`, `ERR_CONFIG_TYPE`, `ERR_CONFIG_MISSING` */
export function readReadingSettings(config: Config): ReadingSettings {
  const section = config.getOptionalConfig(SECTION);
  const timeout = (section && readOptionalDuration(section, 'timeout')) ?? DEFAULT_TIMEOUT;
  if (timeout < 1 || timeout > MAX_TIMEOUT) {
    throw invalidConfigValue(section!, 'timeout', { expected: 'a duration between 1 ms and 24 days' });
  }
  const maxSize = (section && readOptionalBytes(section, 'maxSize')) ?? DEFAULT_MAX_SIZE;
  if (maxSize < 1) throw invalidConfigValue(section!, 'maxSize', { expected: 'a size above 0' });
  return { allow: new AllowList(section?.getOptionalConfigArray('allow') ?? []), timeout, maxSize };
}

/**
 * The settings at any time. A change of the configuration that cannot be used is logged and leaves them as they were.
 *
 * @throws as {@link readReadingSettings}, for what the configuration says now
 */
export function followReadingSettings(config: Config, logger: LoggerService): () => ReadingSettings {
  let settings = readReadingSettings(config);
  config.subscribe?.(() => {
    try {
      settings = readReadingSettings(config);
    } catch (error) {
      logger.error(`The changed configuration under ${SECTION} is not used`, error as Error);
    }
  });
  return () => settings;
}
