import type { ParameterShape, ParameterStyle, ScalarType } from '@bulkhead/openapi';
import type { Schema } from './contract-model.ts';
import { additionalOf, itemsOf, propertiesOf, scalarsOf, typesOf, type NamedSchemas } from './json-types.ts';

/** The shape of a parameter, and what is wrong with it. */
export interface ShapeResult {
  readonly shape: ParameterShape;
  readonly fault?: { readonly message: string; readonly hint: string };
}

type ObjectShape = Extract<ParameterShape, { type: 'object' }>;

const TOO_DEEP = {
  message: 'has a value inside of a value, for which no style of OpenAPI has a form',
  hint: "Flatten it, or describe it by 'content: { application/json: { schema: … } }' to have it written as JSON.",
};

/**
 * Which shape a parameter has. What may be a list is a list, also if it may be something else besides: its text can
 * always be read as one.
 */
export function shapeOf(schema: Schema, style: ParameterStyle, named: NamedSchemas): ShapeResult {
  const types = typesOf(schema, named);
  const isUntyped = types.size === 7;
  const onlyForObjects = style === 'deepObject';
  if (types.has('array') && !isUntyped && !onlyForObjects) {
    const items = scalarsOf(itemsOf(schema, named), named);
    const scalars = [...types].some((type) => type !== 'array' && type !== 'object' && type !== 'null')
      ? scalarsOf(schema, named)
      : [];
    const all = [...new Set([...items, ...scalars])];
    const shape: ParameterShape = { type: 'array', items: all, ...(scalars.length > 0 && { orSingle: true }) };
    return { shape, ...(items.length === 0 && { fault: TOO_DEEP }) };
  }
  if (types.has('object') && !isUntyped) {
    return objectShape(schema, style, named);
  }
  const shape: ParameterShape = { type: 'scalar', scalars: scalarsOf(schema, named) };
  if (style === 'form' || style === 'simple' || style === 'label' || style === 'matrix') {
    return { shape };
  }
  const wanted = onlyForObjects ? 'objects' : 'lists and objects';
  const fault = {
    message: `has the style '${style}', which is for ${wanted}`,
    hint: "Leave out 'style', or change the type.",
  };
  return { shape, fault };
}

function objectShape(schema: Schema, style: ParameterStyle, named: NamedSchemas): ShapeResult {
  let isTooDeep = false;
  const properties: [string, ObjectShape['properties'][string]][] = [];
  for (const [name, property] of propertiesOf(schema, named)) {
    const isList = typesOf(property, named).size < 7 && typesOf(property, named).has('array');
    const scalars = isList ? scalarsOf(itemsOf(property, named), named) : scalarsOf(property, named);
    // Only in the names of `deepObject` there is a place for the items of a list.
    isTooDeep ||= scalars.length === 0 || (isList && style !== 'deepObject');
    properties.push([name, isList ? { array: scalars } : scalars]);
  }
  const additional = additionalOf(schema, named);
  const others: readonly ScalarType[] | undefined = additional === undefined ? undefined : scalarsOf(additional, named);
  isTooDeep ||= others?.length === 0;
  const shape: ObjectShape = {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(others && { additional: others }),
  };
  return { shape, ...(isTooDeep && { fault: TOO_DEEP }) };
}
