import type { Problem, ProblemSource } from '@bulkhead/errors';
import { formatConfigPath } from './key-path.ts';

// What can be wrong with a value, in the same words wherever it is found out. Never the value: it may be a secret.

/** Where in a configuration something is wrong. */
export interface ConfigPlace {
  /** Keys and indices from the root. */
  readonly path: readonly string[];
  readonly source?: ProblemSource;
}

/** A value that must be there is not. */
export function missingKeyProblem(place: ConfigPlace): Problem {
  return problem('ERR_CONFIG_MISSING', place, 'is missing');
}

/** A value is of another type. Both types have their articles: `a number`. */
export function wrongTypeProblem(place: ConfigPlace, expected: string, got: string): Problem {
  return problem('ERR_CONFIG_TYPE', place, `must be ${expected}, got ${got}`);
}

/** A value is of the right type and yet not usable. The rule completes the sentence: `must be at least 1`. */
export function invalidValueProblem(place: ConfigPlace, rule: string): Problem {
  return problem('ERR_CONFIG_VALUE', place, rule);
}

function problem(code: string, { path, source }: ConfigPlace, what: string): Problem {
  const message = `Configuration key '${formatConfigPath(path)}' ${what}`;
  return { code, message, path, ...(source && { source }) };
}
