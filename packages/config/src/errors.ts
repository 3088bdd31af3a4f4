import { BulkheadError, formatSource, type ProblemSource } from '@bulkhead/errors';

function at(source: ProblemSource | undefined): string {
  return source ? ` (${formatSource(source)})` : '';
}

/** The key itself cannot be read; the configuration is not to blame. */
export function invalidKey(key: string): BulkheadError {
  return new BulkheadError('ERR_CONFIG_KEY', `${JSON.stringify(key)} is not a configuration key`, {
    hint: "Write parts with dots between them, each starting with a letter, like 'backend.listen.port'.",
  });
}

/** What is known about a key that has no value. */
export interface MissingKey {
  readonly key: string;
  /** Where the innermost section that exists stands. */
  readonly source?: ProblemSource;
  /** A key that exists and that may have been meant. */
  readonly nearest?: string;
}

/** A value that must be there is not. */
export function missingKey({ key, source, nearest }: MissingKey): BulkheadError {
  return new BulkheadError('ERR_CONFIG_MISSING', `Configuration key '${key}' is missing${at(source)}`, {
    hint: nearest === undefined ? `Set '${key}' in app-config.yaml.` : `There is '${nearest}'. Is that a misspelling?`,
  });
}

/** What is known about a key whose value is not as expected. Never the value, which may be a secret. */
export interface UnexpectedValue {
  readonly key: string;
  /** With its article: `a number`. */
  readonly expected: string;
  /** With its article: `a string`. */
  readonly got?: string;
  readonly source?: ProblemSource;
  readonly hint?: string;
}

/** A value is of another type. */
export function wrongType({ key, expected, got, source, hint }: UnexpectedValue): BulkheadError {
  const message = `Configuration key '${key}' must be ${expected}, got ${got}${at(source)}`;
  return new BulkheadError('ERR_CONFIG_TYPE', message, { hint });
}

/** A value is of the right type, yet not usable. */
export function invalidValue({ key, expected, source, hint }: UnexpectedValue): BulkheadError {
  return new BulkheadError('ERR_CONFIG_VALUE', `Configuration key '${key}' must be ${expected}${at(source)}`, { hint });
}
