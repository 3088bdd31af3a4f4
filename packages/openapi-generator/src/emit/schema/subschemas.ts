import type { JsonObject, JsonValue } from '@bulkhead/types';
import type { Schema } from '../../model/contract-model.ts';
import { isObject, isSchema, refName, type NamedSchemas } from './schema-ref.ts';

const SINGLE = [
  'items',
  'contains',
  'additionalProperties',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
  'not',
  'if',
  'then',
  'else',
];
const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const MAPS = ['properties', 'patternProperties', 'dependentSchemas', '$defs'];

/** A copy of a schema with each schema directly inside of it replaced. */
export function mapSubschemas(schema: JsonObject, map: (schema: Schema, keyword: string) => Schema): JsonObject {
  const copy: Record<string, JsonValue | undefined> = { ...schema };
  const mapValue = (keyword: string, value: JsonValue | undefined): JsonValue | undefined =>
    isSchema(value) ? map(value, keyword) : value;
  for (const keyword of SINGLE) {
    if (keyword in copy) {
      copy[keyword] = mapValue(keyword, copy[keyword]);
    }
  }
  for (const keyword of LISTS) {
    const list = copy[keyword];
    if (Array.isArray(list)) {
      copy[keyword] = list.map((item) => mapValue(keyword, item) ?? null);
    }
  }
  for (const keyword of MAPS) {
    const members = copy[keyword];
    if (isObject(members)) {
      copy[keyword] = Object.fromEntries(
        Object.entries(members).map(([name, value]) => [name, mapValue(keyword, value)]),
      );
    }
  }
  return copy;
}

/** The schemas directly inside of a schema. */
export function subschemas(schema: Schema): readonly Schema[] {
  if (typeof schema === 'boolean') {
    return [];
  }
  const found: Schema[] = [];
  mapSubschemas(schema, (inner) => {
    found.push(inner);
    return inner;
  });
  return found;
}

/** The names of all schemas that can be reached from some schemas, in the order in which they are found. */
export function reachableNames(from: Iterable<Schema>, named: NamedSchemas): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (schema: Schema): void => {
    const name = refName(schema);
    if (name !== undefined && !names.has(name)) {
      names.add(name);
      visit(named.get(name) ?? true);
    }
    subschemas(schema).forEach(visit);
  };
  for (const schema of from) {
    visit(schema);
  }
  return names;
}

/** Whether a schema, or one that can be reached from it, fulfils a condition. */
export function someSchema(schema: Schema, named: NamedSchemas, holds: (schema: JsonObject) => boolean): boolean {
  const seen = new Set<string>();
  const visit = (current: Schema): boolean => {
    if (typeof current === 'boolean') {
      return false;
    }
    if (holds(current)) {
      return true;
    }
    const name = refName(current);
    if (name !== undefined && !seen.has(name)) {
      seen.add(name);
      if (visit(named.get(name) ?? true)) {
        return true;
      }
    }
    return subschemas(current).some(visit);
  };
  return visit(schema);
}
