import type { JsonObject, JsonValue } from '@bulkhead/types';
import type { Schema } from '../../model/contract-model.ts';

const PREFIX = '#/components/schemas/';

/** The named schemas of a contract. */
export type NamedSchemas = ReadonlyMap<string, Schema>;

/** The name that a schema refers to, if it does. */
export function refName(schema: Schema): string | undefined {
  if (typeof schema === 'boolean' || typeof schema.$ref !== 'string' || !schema.$ref.startsWith(PREFIX)) {
    return undefined;
  }
  return decodeURIComponent(schema.$ref.slice(PREFIX.length).replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Follows references until there is a schema with content of its own. One that leads round in a circle is anything. */
export function resolveRef(schema: Schema, named: NamedSchemas): Schema {
  const seen = new Set<string>();
  let current = schema;
  for (let name = refName(current); name !== undefined; name = refName(current)) {
    if (seen.has(name)) {
      return true;
    }
    seen.add(name);
    current = named.get(name) ?? true;
  }
  return current;
}

/** Whether a value of JSON can be a schema. */
export function isSchema(value: JsonValue | undefined): value is Schema {
  return typeof value === 'boolean' || isObject(value);
}

/** Whether a value of JSON is an object. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list of texts behind a keyword such as `required`; what is no text is left out. */
export function textsOf(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** The schemas behind a keyword such as `properties`, by name. */
export function schemasOf(value: JsonValue | undefined): readonly (readonly [string, Schema])[] {
  if (!isObject(value)) {
    return [];
  }
  return Object.entries(value).filter((entry): entry is [string, Schema] => isSchema(entry[1]));
}

/** The schemas behind a keyword such as `allOf`. */
export function schemaListOf(value: JsonValue | undefined): readonly Schema[] {
  return Array.isArray(value) ? value.filter((item): item is Schema => isSchema(item)) : [];
}
