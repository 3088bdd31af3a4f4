/**
 * The text that a value is written as.
 *
 * @returns `undefined` for what is not a scalar
 */
export function scalarText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return Number.isFinite(value) ? String(value) : undefined;
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      return value === null ? 'null' : value instanceof Date ? value.toISOString() : undefined;
  }
}
