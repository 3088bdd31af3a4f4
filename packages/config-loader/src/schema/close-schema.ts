import {
  COMBINATORS,
  isSchemaNode,
  SCHEMA_LIST_KEYWORDS,
  SCHEMA_MAP_KEYWORDS,
  SCHEMA_KEYWORDS,
  type SchemaNode,
} from './schema-node.ts';

/**
 * The schema as the validator gets it: an object that lists its properties has no others, so that a misspelled key
 * is an error, unless the schema says something of further ones (`additionalProperties: true` opens it).
 */
export function closeSchema(schema: SchemaNode | boolean): SchemaNode | boolean {
  return close(schema, true);
}

/** @param alone - whether no other schema applies to the same value: only then is a key that is not listed unknown */
function close(schema: SchemaNode | boolean, alone: boolean): SchemaNode | boolean {
  if (!isSchemaNode(schema)) {
    return schema;
  }
  const result: Record<string, unknown> = { ...schema };
  for (const keyword of SCHEMA_KEYWORDS) {
    const inner: unknown = schema[keyword];
    if (isSchemaNode(inner)) {
      result[keyword] = close(inner, !['if', 'then', 'else', 'not'].includes(keyword));
    }
  }
  for (const keyword of SCHEMA_LIST_KEYWORDS) {
    const isExclusive = keyword !== 'allOf' && !schema.properties;
    result[keyword] &&= schema[keyword]?.map((inner) =>
      close(inner, keyword === 'prefixItems' || (isExclusive && alone)),
    );
  }
  for (const keyword of SCHEMA_MAP_KEYWORDS) {
    const map = schema[keyword] as Readonly<Record<string, SchemaNode>> | undefined;
    result[keyword] &&= Object.fromEntries(
      Object.entries(map ?? {}).map(([key, inner]) => [key, close(inner, keyword !== 'dependentSchemas')]),
    );
  }
  return alone && needsClosing(schema) ? { ...result, ...closing(schema) } : result;
}

function needsClosing(schema: SchemaNode): boolean {
  return (
    schema.properties !== undefined &&
    schema.additionalProperties === undefined &&
    schema.unevaluatedProperties === undefined
  );
}

function closing(schema: SchemaNode): Partial<SchemaNode> {
  const hasOthers = COMBINATORS.some((keyword) => schema[keyword] !== undefined);
  return hasOthers ? { unevaluatedProperties: false } : { additionalProperties: false };
}
