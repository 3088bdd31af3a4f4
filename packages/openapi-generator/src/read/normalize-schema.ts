type Schema = Record<string, unknown>;

const BOUNDS = [
  ['exclusiveMinimum', 'minimum'],
  ['exclusiveMaximum', 'maximum'],
] as const;

/**
 * Turns a schema of OpenAPI 3.0 into one of 3.1, without the schemas in it.
 *
 * `nullable` only widens a `type` beside it, so says OpenAPI 3.0.3. Yet with `allOf` or `oneOf` everybody means that the
 * value may be null, and the contract is taken at that.
 */
export function normalizeSchema(schema: Schema): Schema {
  let normal = schema;
  for (const [exclusive, bound] of BOUNDS) {
    if (typeof normal[exclusive] === 'boolean') {
      normal = withoutKey(normal, exclusive);
      if (schema[exclusive] === true && typeof schema[bound] === 'number') {
        normal = { ...withoutKey(normal, bound), [exclusive]: schema[bound] };
      }
    }
  }
  if (!('nullable' in normal)) {
    return normal;
  }
  const { nullable, ...rest } = normal;
  return nullable === true ? allowNull(rest) : rest;
}

function allowNull(schema: Schema): Schema {
  const { type, enum: values, ...others } = schema;
  if (typeof type === 'string') {
    const isListed = !Array.isArray(values) || values.includes(null);
    return { ...schema, type: [type, 'null'], ...(!isListed && { enum: [...(values as unknown[]), null] }) };
  }
  if (Array.isArray(values)) {
    return values.includes(null) ? schema : { ...others, enum: [...(values as unknown[]), null] };
  }
  const alternatives = [others.oneOf, others.anyOf, others.allOf].filter((each) => Array.isArray(each));
  if (alternatives.length === 0) {
    return schema;
  }
  // What says something about the value stays with it, what is said to people moves up.
  const { title, description, deprecated, default: value, readOnly, writeOnly, ...constraints } = others;
  const notes = { title, description, deprecated, default: value, readOnly, writeOnly };
  const said = Object.fromEntries(Object.entries(notes).filter(([, note]) => note !== undefined));
  return { ...said, anyOf: [constraints, { type: 'null' }] };
}

function withoutKey(schema: Schema, key: string): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([each]) => each !== key));
}
