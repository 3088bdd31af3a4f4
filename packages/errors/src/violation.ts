/** One place at which a request breaks what was agreed, as data for whoever sent it. */
export interface Violation {
  /** JSON pointer to the place: `/query/limit`, `/body/items/0/title`. */
  readonly pointer: string;
  /** What is wrong there, as the end of a sentence that begins with the place: `must be an integer`. */
  readonly message: string;
}

/** How many violations travel with an error. */
export const MAX_VIOLATIONS = 100;

/** The violations among values of any origin, as many as may travel, without whatever else they carry. */
export function toViolations(values: unknown): readonly Violation[] | undefined {
  if (!Array.isArray(values)) {
    return undefined;
  }
  const violations = values.slice(0, MAX_VIOLATIONS).filter(isViolation);
  return violations.length === 0 ? undefined : violations.map(({ pointer, message }) => ({ pointer, message }));
}

function isViolation(value: unknown): value is Violation {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pointer' in value &&
    typeof value.pointer === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  );
}
