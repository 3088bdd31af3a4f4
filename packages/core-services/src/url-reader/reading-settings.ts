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
  /** The same for folders: until they are taken up, and unpacked. */
  readonly trees: { readonly timeout: number; readonly maxSize: number };
}

const SECTION = 'backend.reading';
const DEFAULT_TIMEOUT = 30_000;
const DEFAULT_MAX_SIZE = 32 * 1024 ** 2;
const DEFAULT_TREE_TIMEOUT = 5 * 60_000;
const DEFAULT_TREE_MAX_SIZE = 1024 ** 3;
/** What a timer can hold. */
const MAX_TIMEOUT = 2 ** 31 - 1;

/** Reads `backend.reading`. @throws BulkheadError `ERR_CONFIG_VALUE`, `ERR_CONFIG_TYPE`, `ERR_CONFIG_MISSING` */
export function readReadingSettings(config: Config): ReadingSettings {
  const section = config.getOptionalConfig(SECTION);
  const limits = readLimits(section, { timeout: DEFAULT_TIMEOUT, maxSize: DEFAULT_MAX_SIZE });
  const trees = readLimits(section?.getOptionalConfig('trees'), {
    timeout: DEFAULT_TREE_TIMEOUT,
    maxSize: DEFAULT_TREE_MAX_SIZE,
  });
  return { allow: new AllowList(section?.getOptionalConfigArray('allow') ?? []), ...limits, trees };
}

function readLimits(section: Config | undefined, defaults: ReadingSettings['trees']): ReadingSettings['trees'] {
  if (!section) return defaults;
  const timeout = readOptionalDuration(section, 'timeout') ?? defaults.timeout;
  if (timeout < 1 || timeout > MAX_TIMEOUT) {
    throw invalidConfigValue(section, 'timeout', { expected: 'a duration between 1 ms and 24 days' });
  }
  const maxSize = readOptionalBytes(section, 'maxSize') ?? defaults.maxSize;
  if (maxSize < 1) throw invalidConfigValue(section, 'maxSize', { expected: 'a size above 0' });
  return { timeout, maxSize };
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
