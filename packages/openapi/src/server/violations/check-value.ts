import type { SchemaError, Validator } from '../server-operation.ts';
import { toViolation } from './schema-violation.ts';
import type { Violations } from './violations.ts';

/**
 * Checks a value, and adds what is wrong. Places about which something has been said already are left out, as far as
 * the validator would only repeat it: what could not be read is missing, too.
 *
 * @param base - JSON pointer to the value
 * @returns whether nothing is wrong
 */
export function checkValue(check: Validator, value: unknown, found: { base: string; violations: Violations }): boolean {
  const { base, violations } = found;
  const errors = run(check, value);
  if (!errors) {
    return true;
  }
  const known = violations.count > 0;
  const said = new Set<string>();
  for (const error of errors) {
    const { pointer, message } = toViolation(error, base);
    const key = `${pointer}\n${message}`;
    // Alternatives of a schema often complain about the same thing.
    if (!said.has(key) && !(known && violations.hasAt(pointer))) {
      said.add(key);
      violations.add(pointer, message);
    }
  }
  return false;
}

function run(check: Validator, value: unknown): readonly SchemaError[] | undefined {
  return check(value) ? undefined : (check.errors ?? []);
}
