import type { JsonObject } from '@bulkhead/types';
import type { Schema } from '../../model/contract-model.ts';
import { resolveRef, schemaListOf, schemasOf, type NamedSchemas } from './schema-ref.ts';

/** Which way a body goes: properties that are `readOnly` are no part of requests, `writeOnly` ones none of responses. */
export type Direction = 'request' | 'response';

/** Whether a property is left out of the bodies of a direction. */
export function isHidden(schema: Schema, direction: Direction, named: NamedSchemas): boolean {
  const flag = direction === 'request' ? 'readOnly' : 'writeOnly';
  if (typeof schema === 'boolean') {
    return false;
  }
  if (schema[flag] === true) {
    return true;
  }
  const resolved = resolveRef(schema, named);
  return (
    typeof resolved !== 'boolean' &&
    (resolved[flag] === true || schemaListOf(resolved.allOf).some((part) => isFlagged(part, flag, named)))
  );
}

function isFlagged(schema: Schema, flag: string, named: NamedSchemas): boolean {
  const resolved = resolveRef(schema, named);
  return typeof resolved !== 'boolean' && resolved[flag] === true;
}

/** The properties that a schema itself declares and that are left out of the bodies of a direction. */
export function hiddenProperties(schema: JsonObject, direction: Direction, named: NamedSchemas): readonly string[] {
  return schemasOf(schema.properties)
    .filter(([, property]) => isHidden(property, direction, named))
    .map(([name]) => name);
}

/** The same, with the properties that the schema has from `allOf` and references. */
export function allHiddenProperties(schema: Schema, direction: Direction, named: NamedSchemas): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<Schema>();
  const visit = (part: Schema): void => {
    const resolved = resolveRef(part, named);
    if (typeof resolved === 'boolean' || seen.has(resolved)) {
      return;
    }
    seen.add(resolved);
    hiddenProperties(resolved, direction, named).forEach((name) => names.add(name));
    schemaListOf(resolved.allOf).forEach(visit);
  };
  visit(schema);
  return names;
}
