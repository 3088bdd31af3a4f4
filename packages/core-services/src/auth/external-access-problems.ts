import type { Problem } from '@bulkhead/errors';
import type { JsonObject, JsonValue } from '@bulkhead/types';
import { externalAccessProblem } from './errors.ts';

/** Collects what is wrong; says `undefined`, so that readers can return what it says. */
export class ExternalAccessProblems {
  readonly found: Problem[] = [];
  readonly #path: string;

  /** @param path - to what is being read */
  constructor(path: string) {
    this.#path = path;
  }

  /** Notes that something is wrong at `key`, which is below the path. */
  add(key: string, message: string, hint?: string): undefined {
    this.found.push(externalAccessProblem(`${this.#path}${key}`, message, hint));
  }
}

/** A text without white space. */
export function readWord(
  value: JsonValue | undefined,
  key: string,
  problems: ExternalAccessProblems,
): string | undefined {
  return typeof value === 'string' && /^\S+$/.test(value)
    ? value
    : problems.add(key, 'must be a string that is not empty and has no white space');
}

/** A list of names, or one string with spaces or commas between them; `undefined` if there is none. */
export function readNames(
  value: JsonValue | undefined,
  key: string,
  problems: ExternalAccessProblems,
): string[] | undefined {
  if (value === undefined) {
    return undefined;
  }
  const names = typeof value === 'string' ? value.split(/[\s,]+/).filter((name) => name !== '') : value;
  return Array.isArray(names) && names.length > 0 && names.every((name): name is string => typeof name === 'string')
    ? names
    : problems.add(key, 'must be a name or a list of names');
}

/** Whether a value is an object with keys. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
