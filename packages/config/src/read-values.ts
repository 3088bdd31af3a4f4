import type { BulkheadError } from '@bulkhead/errors';
import { durationToMilliseconds, type HumanDuration } from '@bulkhead/types';
import type { ConfigView } from './config-view.ts';
import type { Config } from './config.ts';
import { configError } from './errors.ts';
import { invalidValueProblem, missingKeyProblem } from './problems.ts';

const BYTES_PER_UNIT: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1024,
  mb: 1024 ** 2,
  gb: 1024 ** 3,
  tb: 1024 ** 4,
};
const BYTES = /^(\d+(?:\.\d+)?)\s*(b|kb|mb|gb|tb)?$/i;

/**
 * The error for a value that is of the right type and yet not usable: outside a range, not an URL, …
 *
 * Names the full key and, where it is known, file, line and column; never the value, which may be a secret.
 *
 * @param config - the section from which the value was read
 * @param key - as it was read from `config`
 * @param options - `expected` with its article (`'an URL'`), `hint` for what to write
 * @returns BulkheadError `ERR_CONFIG_VALUE`, to be thrown
 */
export function invalidConfigValue(
  config: Config,
  key: string,
  options: { readonly expected: string; readonly hint?: string },
): BulkheadError {
  const { expected, hint } = options;
  return describesItsValues(config)
    ? config.invalidValue(key, expected, hint)
    : configError(invalidValueProblem({ path: [key] }, `must be ${expected}`), hint);
}

/** Told by its method, not by its class: a config that wraps another can speak for it. */
function describesItsValues(config: Config): config is Config & Pick<ConfigView, 'invalidValue'> {
  return 'invalidValue' in config && typeof config.invalidValue === 'function';
}

/** Milliseconds in a duration: `'250ms'`, `'5s'`, `'1h 30m'`, `'PT5M'`, `{ minutes: 5 }`, or a number of milliseconds. */
export function readDuration(config: Config, key: string): number {
  return required(config, key, readOptionalDuration(config, key));
}

/** See {@link readDuration}. */
export function readOptionalDuration(config: Config, key: string): number | undefined {
  const value = config.getOptional(key);
  if (value === undefined) {
    return undefined;
  }
  try {
    const isNumeral = typeof value === 'string' && /^\s*\d+(?:\.\d+)?\s*$/.test(value);
    return durationToMilliseconds(isNumeral ? Number(value) : (value as string | number | HumanDuration));
  } catch {
    throw invalidConfigValue(config, key, {
      expected: 'a duration',
      hint: "Write '250ms', '5s', '10m', '1h', '1d', an ISO 8601 duration, { minutes: 5 }, or milliseconds.",
    });
  }
}

/** Bytes in a size: `'512kb'`, `'1mb'`, `'1.5 gb'` (powers of 1024), or a number of bytes. */
export function readBytes(config: Config, key: string): number {
  return required(config, key, readOptionalBytes(config, key));
}

/** See {@link readBytes}. */
export function readOptionalBytes(config: Config, key: string): number | undefined {
  const value = config.getOptional(key);
  if (value === undefined) {
    return undefined;
  }
  const match = typeof value === 'string' || typeof value === 'number' ? BYTES.exec(String(value).trim()) : null;
  if (!match) {
    throw invalidConfigValue(config, key, {
      expected: 'a size in bytes',
      hint: "Write '512kb', '1mb', '1gb', or a number of bytes.",
    });
  }
  return Math.floor(Number(match[1]) * BYTES_PER_UNIT[(match[2] ?? 'b').toLowerCase()]!);
}

function required(config: Config, key: string, value: number | undefined): number {
  if (value === undefined) {
    // Throws the reader's own error, which knows the full key; the second one is for readers that do not throw.
    config.get(key);
    throw configError(missingKeyProblem({ path: [key] }));
  }
  return value;
}
