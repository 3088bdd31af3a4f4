import type { JsonValue } from '@bulkhead/types';
import type { Schema } from '../../model/contract-model.ts';
import { resolveRef, type NamedSchemas } from './schema-ref.ts';

/** The default of a property or parameter, which may stand with the schema that it refers to. */
export function defaultOf(schema: Schema | undefined, named: NamedSchemas): JsonValue | undefined {
  if (schema === undefined || typeof schema === 'boolean') {
    return undefined;
  }
  if (schema.default !== undefined) {
    return schema.default;
  }
  const resolved = resolveRef(schema, named);
  return typeof resolved === 'boolean' ? undefined : resolved.default;
}
