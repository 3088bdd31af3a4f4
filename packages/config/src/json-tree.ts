import type { JsonObject, JsonValue } from '@bulkhead/types';

/** Whether a value has keys of its own, which lists have not. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy in which keys that are `null` or `undefined` are gone. Elements of lists stay, whatever they are. */
export function copyWithoutNulls(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value.map(copyWithoutNulls);
  }
  if (!isJsonObject(value)) {
    return value;
  }
  const entries = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  // fromEntries defines the keys, so that '__proto__' is a key like any other.
  return Object.fromEntries(entries.map(([key, inner]) => [key, copyWithoutNulls(inner!)]));
}

/** A copy of a tree. */
export function copyTree<T extends JsonValue | undefined>(value: T): T {
  return typeof value === 'object' && value !== null ? structuredClone(value) : value;
}

/** Whether two trees say the same. The order of keys does not matter. */
export function equalTrees(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) {
    return true;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((element, index) => equalTrees(element, b[index]));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) {
    return false;
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equalTrees(a[key], b[key]))
  );
}

/** What a value is, for a message: with its article, without the value. */
export function describeType(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (value === '') {
    return 'an empty string';
  }
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
