import type { ContentModel, Schema } from '../../model/contract-model.ts';
import { isObject, resolveRef, schemaListOf, type NamedSchemas } from '../schema/schema-ref.ts';

/** The schema of a body; in a form, files are files rather than the texts that the contract says they are. */
export function bodySchema({ kind, fields = {}, schema }: ContentModel, named: NamedSchemas): Schema | undefined {
  const files = Object.entries(fields).flatMap(([name, field]): [string, Schema][] => {
    if (field.type !== 'file') {
      return [];
    }
    return [[name, field.many ? { type: 'array', items: FILE } : FILE]];
  });
  return kind === 'multipart' && files.length > 0 && schema !== undefined
    ? withProperties(schema, Object.fromEntries(files), named)
    : schema;
}

/** `file` is a keyword of our own: see `keywords.ts`. */
const FILE = { file: true };

function withProperties(schema: Schema, replaced: Readonly<Record<string, Schema>>, named: NamedSchemas): Schema {
  const resolved = resolveRef(schema, named);
  if (typeof resolved === 'boolean') {
    return resolved;
  }
  const properties = isObject(resolved.properties) ? resolved.properties : {};
  const own = Object.entries(replaced).filter(([name]) => name in properties);
  return {
    ...resolved,
    properties: { ...properties, ...Object.fromEntries(own) },
    ...(resolved.allOf !== undefined && {
      allOf: schemaListOf(resolved.allOf).map((part) => withProperties(part, replaced, named)),
    }),
  };
}
