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

const ANYTHING: ReadonlySet<JsonType> = new Set(ALL);
const NOTHING: ReadonlySet<JsonType> = new Set();

/** What has been found out. A schema that is being looked at, and leads back to itself, is taken for anything. */
const known = new WeakMap<JsonObject, ReadonlySet<JsonType>>();

/** The types that a value of a schema can have. */
export function typesOf(schema: Schema, named: NamedSchemas): ReadonlySet<JsonType> {
  if (typeof schema === 'boolean') {
    return schema ? ANYTHING : NOTHING;
  }
  let types = known.get(schema);
  if (!types) {
    known.set(schema, ANYTHING);
    types = findTypes(schema, named);
    known.set(schema, types);
  }
  return types;
}

function findTypes(schema: JsonObject, named: NamedSchemas): ReadonlySet<JsonType> {
  const constraints: ReadonlySet<JsonType>[] = [ownTypes(schema)];
  if (typeof schema['$ref'] === 'string') {
    constraints.push(typesOf(named.get(typeNameOf(schema['$ref'])) ?? true, named));
  }
  for (const part of schemasAt(schema, 'allOf')) {
    constraints.push(typesOf(part, named));
  }
  for (const key of ['anyOf', 'oneOf']) {
    if (Array.isArray(schema[key])) {
      constraints.push(new Set(schemasAt(schema, key).flatMap((part) => [...typesOf(part, named)])));
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
export function partsOf(schema: Schema, named: NamedSchemas): readonly JsonObject[] {
  const parts = new Set<Schema>([schema]);
  // A set goes on to give what is added to it on the way.
  for (const part of parts) {
    if (typeof part === 'boolean') {
      continue;
    }
    if (typeof part['$ref'] === 'string') {
      parts.add(named.get(typeNameOf(part['$ref'])) ?? true);
    }
    for (const inner of ['allOf', 'anyOf', 'oneOf'].flatMap((key) => schemasAt(part, key))) {
      parts.add(inner);
    }
  }
  return [...parts].filter((part) => typeof part !== 'boolean');
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
 * else nothing. Which names a pattern allows, validators know. JSON Schema would allow anything unless the contract says otherwise; then no misspelt name of a
 * parameter were ever noticed.
 */
export function additionalOf(schema: Schema, named: NamedSchemas): Schema | undefined {
  const parts = partsOf(schema, named);
  const said = parts.map(
    (part) => (part['additionalProperties'] ?? part['unevaluatedProperties']) as Schema | undefined,
  );
  const patterns = parts.flatMap(({ patternProperties }) =>
    Object.values(isObject(patternProperties) ? patternProperties : {}),
  );
  if (patterns.length > 0) {
    return { anyOf: [...(patterns as Schema[]), ...said.filter((each) => each !== undefined)] };
  }
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
      const first = schemasAt(part, 'prefixItems');
      const rest = part['items'] === undefined || part['items'] === false ? [] : [part['items']];
      return first.length === 0 ? (part['items'] as Schema) : { anyOf: [...first, ...rest] };
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

function schemasAt(schema: JsonObject, key: string): readonly Schema[] {
  const value = schema[key];
  return Array.isArray(value) ? (value as Schema[]) : [];
}
