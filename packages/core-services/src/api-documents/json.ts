import type { JsonObject, JsonValue } from '@bulkhead/types';

export type { JsonObject, JsonValue };

/** Whether a value is an object with named values, and neither an array nor null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
