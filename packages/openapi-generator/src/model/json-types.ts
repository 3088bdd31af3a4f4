import type { ScalarType } from '@bulkhead/openapi';
import type { JsonObject } from '@bulkhead/types';
import { isObject } from '../read/json-pointer.ts';
import type { Schema } from './contract-model.ts';
import { typeNameOf } from './schema-names.ts';

/** A type of JSON. What is a `number` may also be none of the integers. */
export type JsonType = 'null' | 'boolean' | 'object' | 'array' | 'number' | 'integer' | 'string';

const ALL: readonly JsonType[] = ['null', 'boolean', 'object', 'array', 'number', 'integer', 'string'];

/** The named schemas of a contract. */
export type NamedSchemas = ReadonlyMap<string, Schema>;

/** The types that a value of a schema can have. */
export function typesOf(schema: Schema, named: NamedSchemas, depth = 0): ReadonlySet<JsonType> {
  if (typeof schema === 'boolean' || depth > 30) {
    return new Set(schema === false ? [] : ALL);
  }
  const constraints: ReadonlySet<JsonType>[] = [ownTypes(schema)];
  const below = (part: unknown): ReadonlySet<JsonType> => typesOf(part as Schema, named, depth + 1);
  if (typeof schema['$ref'] === 'string') {
    constraints.push(below(named.get(typeNameOf(schema['$ref'])) ?? true));
  }
  for (const part of listAt(schema, 'allOf')) {
    constraints.push(below(part));
  }
  for (const key of ['anyOf', 'oneOf']) {
    if (Array.isArray(schema[key])) {
      constraints.push(new Set(listAt(schema, key).flatMap((part) => [...below(part)])));
    }
  }
  return new Set(ALL.filter((type) => constraints.every((types) => types.has(type))));
}

/** What the texts of a parameter may stand for, as far as its schema tells. */
export function scalarsOf(schema: Schema, named: NamedSchemas): readonly ScalarType[] {
  const types = typesOf(schema, named);
  if (ALL.every((type) => types.has(type))) {
    return ['any'];
  }
  const scalars = ALL.filter((type) => types.has(type) && type !== 'object' && type !== 'array') as ScalarType[];
  return scalars.includes('number') ? scalars.filter((type) => type !== 'integer') : scalars;
}

/** The schemas that say something of the properties of an object: it, what it refers to, what it consists of. */
export function partsOf(schema: Schema, named: NamedSchemas, depth = 0): readonly JsonObject[] {
  if (typeof schema === 'boolean' || depth > 30) {
    return [];
  }
  const target = typeof schema['$ref'] === 'string' ? [named.get(typeNameOf(schema['$ref'])) ?? true] : [];
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => listAt(schema, key));
  return [schema, ...[...target, ...parts].flatMap((part) => partsOf(part as Schema, named, depth + 1))];
}

/** The properties of an object, wherever its schema names them. Of several schemas for one property the first counts. */
export function propertiesOf(schema: Schema, named: NamedSchemas): ReadonlyMap<string, Schema> {
  const properties = new Map<string, Schema>();
  for (const part of partsOf(schema, named)) {
    for (const [name, property] of Object.entries(isObject(part['properties']) ? part['properties'] : {})) {
      properties.set(name, properties.get(name) ?? (property as Schema));
    }
  }
  return properties;
}

/**
 * What an object may have beside its properties: what the contract says, anything if it describes no property at all,
 * else nothing. JSON Schema would allow anything unless the contract says otherwise; then no misspelt name of a
 * parameter were ever noticed.
 */
export function additionalOf(schema: Schema, named: NamedSchemas): Schema | undefined {
  const said = partsOf(schema, named).map((part) => part['additionalProperties'] as Schema | undefined);
  if (said.includes(false)) {
    return undefined;
  }
  const found = said.find((each) => each !== undefined);
  return found ?? (propertiesOf(schema, named).size === 0 ? true : undefined);
}

/** What the items of a list may be. */
export function itemsOf(schema: Schema, named: NamedSchemas): Schema {
  for (const part of partsOf(schema, named)) {
    if (part['items'] !== undefined || part['prefixItems'] !== undefined) {
      const first = listAt(part, 'prefixItems');
      const rest = part['items'] === undefined || part['items'] === false ? [] : [part['items']];
      return first.length === 0 ? (part['items'] as Schema) : { anyOf: [...first, ...rest] as JsonObject[] };
    }
  }
  return true;
}

function ownTypes(schema: JsonObject): ReadonlySet<JsonType> {
  const values = 'const' in schema ? [schema['const']] : schema['enum'];
  if (Array.isArray(values)) {
    return new Set(values.flatMap(typesOfValue));
  }
  const { type } = schema;
  if (type === undefined) {
    return new Set(ALL);
  }
  const types = (Array.isArray(type) ? type : [type]) as JsonType[];
  return new Set(types.includes('number') ? [...types, 'integer'] : types);
}

function typesOfValue(value: unknown): readonly JsonType[] {
  if (value === null || Array.isArray(value)) {
    return [value === null ? 'null' : 'array'];
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? ['integer'] : ['number', 'integer'];
  }
  return [typeof value as JsonType];
}

function listAt(schema: JsonObject, key: string): readonly unknown[] {
  const value = schema[key];
  return Array.isArray(value) ? value : [];
}
