import { invalidConfigValue, type Config } from '@bulkhead/config';
import type { JsonObject, JsonValue } from '@bulkhead/types';
import { unknownLogLevel } from './errors.ts';
import type { FieldMatcher, LevelOverride, LevelRulesOptions } from './level-rules.ts';
import { isLogThreshold, LOG_THRESHOLDS, type LogThreshold } from './log-level.ts';

/** How lines look: one JSON object each, or text for people. */
export type LogFormat = 'json' | 'text';

/** What the configuration and the environment say about logging. */
export interface LoggerSettings extends LevelRulesOptions {
  readonly format: LogFormat;
  /** Fields for every line. */
  readonly meta: JsonObject;
}

type Environment = Readonly<Record<string, string | undefined>>;

const SECTION = 'backend.logger';
const REGULAR_EXPRESSION = /^\/(.+)\/([a-z]*)$/s;

/**
 * Reads `backend.logger`. `LOG_LEVEL` in the environment wins over `backend.logger.level`; levels of single plugins and
 * overrides are more specific and stay in force.
 *
 * @throws BulkheadError `ERR_CONFIG_VALUE`, `ERR_CONFIG_TYPE`; `ERR_LOGGER_LEVEL` for the environment
 */
export function readLoggerSettings(config: Config, environment: Environment): LoggerSettings {
  const section = config.getOptionalConfig(SECTION);
  return {
    level: levelFrom(environment) ?? (section && readOptionalLevel(section, 'level')) ?? 'info',
    levels: readLevels(section?.getOptionalConfig('levels')),
    overrides: section?.getOptionalConfigArray('overrides')?.map(readOverride) ?? [],
    format: (section && readFormat(section)) ?? (environment.NODE_ENV === 'production' ? 'json' : 'text'),
    meta: section?.getOptional<JsonObject>('meta') ?? {},
  };
}

function levelFrom(environment: Environment): LogThreshold | undefined {
  const value = environment.LOG_LEVEL?.trim().toLowerCase();
  if (!value) return undefined;
  if (!isLogThreshold(value)) throw unknownLogLevel('LOG_LEVEL', value);
  return value;
}

function readOptionalLevel(section: Config, key: string): LogThreshold | undefined {
  return section.has(key) ? readLevel(section, key) : undefined;
}

function readLevel(section: Config, key: string): LogThreshold {
  const value = section.getString(key);
  if (isLogThreshold(value)) return value;
  throw invalidConfigValue(section, key, {
    expected: 'a log level',
    hint: `The levels are ${LOG_THRESHOLDS.join(', ')}.`,
  });
}

function readLevels(section: Config | undefined): ReadonlyMap<string, LogThreshold> {
  return new Map(section?.keys().map((pluginId) => [pluginId, readLevel(section, pluginId)]));
}

function readFormat(section: Config): LogFormat | undefined {
  const value = section.getOptionalString('format');
  if (value === undefined || value === 'json' || value === 'text') return value;
  throw invalidConfigValue(section, 'format', {
    expected: "'json' or 'text'",
    hint: 'Leave it out for json in production and text elsewhere.',
  });
}

function readOverride(override: Config): LevelOverride {
  const matchers = override.getConfig('matchers');
  return {
    matchers: new Map(matchers.keys().map((field) => [field, readMatcher(matchers, field)])),
    level: readLevel(override, 'level'),
  };
}

/** A value that the field must equal, a list of alternatives, or a regular expression. */
function readMatcher(matchers: Config, field: string): FieldMatcher {
  const expected = matchers.get<JsonValue>(field);
  const alternatives = (Array.isArray(expected) ? expected : [expected]).map((one) => {
    const expression = typeof one === 'string' ? REGULAR_EXPRESSION.exec(one) : null;
    if (!expression) return (value: unknown) => value === one;
    const matcher = compile(expression);
    if (matcher) return matcher;
    throw invalidConfigValue(matchers, field, {
      expected: 'a value or a regular expression',
      hint: 'The text between the slashes is not a regular expression.',
    });
  });
  return (value) => alternatives.some((matches) => matches(value));
}

function compile([, source = '', flags = '']: RegExpExecArray): FieldMatcher | undefined {
  try {
    // A 'g' or 'y' would make it remember where the last test ended.
    const expression = new RegExp(source, flags.replace(/[gy]/g, ''));
    return (value) => typeof value === 'string' && expression.test(value);
  } catch {
    return undefined;
  }
}
