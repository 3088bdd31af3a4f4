import type { JsonObject } from '@bulkhead/types';
import { allHiddenProperties } from '../emit/schema/direction.ts';
import { readDiscriminator } from '../emit/schema/discriminator.ts';
import { isObject, isSchema, refName, schemaListOf, textsOf } from '../emit/schema/schema-ref.ts';
import { propertyKey } from '../emit/source-text.ts';
import type { Schema } from '../model/contract-model.ts';
import { propertiesOf } from '../model/json-types.ts';
import { objectType } from './object-type.ts';
import type { TypeScope } from './type-scope.ts';
import { atom, intersectionOf, listOf, literalType, NEVER, unionOf, UNKNOWN, type TypeText } from './type-text.ts';

const OBJECT_KEYWORDS = ['properties', 'required', 'additionalProperties', 'patternProperties'];
const LIST_KEYWORDS = ['items', 'prefixItems'];

/** The type of the values that fit a schema. `not` and `if` have no equal among types; they are left to the validators. */
export function schemaType(schema: Schema, outer: TypeScope): TypeText {
  if (typeof schema === 'boolean') {
    return schema ? UNKNOWN : NEVER;
  }
  const hidden = allHiddenProperties(schema, outer.direction, outer.named);
  const scope = hidden.size === 0 ? outer : { ...outer, hidden: new Set([...outer.hidden, ...hidden]) };
  const parts = [...referredType(schema, scope), ...combinedTypes(schema, scope)];
  return intersectionOf([...parts, ownType(schema, scope, parts.length > 0)]);
}

function referredType(schema: JsonObject, scope: TypeScope): readonly TypeText[] {
  const name = refName(schema);
  return name === undefined ? [] : [atom(scope.refer(name))];
}

function combinedTypes(schema: JsonObject, scope: TypeScope): readonly TypeText[] {
  const types = schemaListOf(schema['allOf']).map((part) => schemaType(part, scope));
  const discriminated = readDiscriminator(schema);
  if (discriminated) {
    const { property, branches } = discriminated;
    types.push(unionOf(branches.map((branch) => branchType(branch, property, scope))));
  }
  for (const key of discriminated ? ['anyOf'] : ['oneOf', 'anyOf']) {
    if (Array.isArray(schema[key])) {
      types.push(unionOf(schemaListOf(schema[key]).map((part) => schemaType(part, scope))));
    }
  }
  return types;
}

/** An alternative of a discriminated union, which says itself by which values of the property it is told from others. */
function branchType(
  { schema, values }: { readonly schema: Schema; readonly values: readonly string[] },
  property: string,
  scope: TypeScope,
): TypeText {
  const type = schemaType(schema, scope);
  const declared = propertiesOf(schema, scope.named).get(property);
  const said = isObject(declared) ? ('const' in declared ? [declared['const']] : declared['enum']) : undefined;
  if (Array.isArray(said) && said.length === values.length && said.every((each) => values.includes(each as string))) {
    return type;
  }
  const literals = unionOf(values.map((value) => literalType(value)));
  return intersectionOf([type, atom(`{ readonly ${propertyKey(property)}: ${literals.text} }`)]);
}

function ownType(schema: JsonObject, scope: TypeScope, isPart: boolean): TypeText {
  if ('const' in schema) {
    return literalType(schema['const']);
  }
  if (Array.isArray(schema['enum'])) {
    return unionOf(schema['enum'].map((value) => literalType(value)));
  }
  const { type } = schema;
  const types = type === undefined ? inferTypes(schema) : textsOf(Array.isArray(type) ? type : [type]);
  return types.length === 0 ? UNKNOWN : unionOf(types.map((each) => typeFor(each, schema, { scope, isPart })));
}

/** What the keywords of a schema without `type` are about. */
function inferTypes(schema: JsonObject): readonly string[] {
  return [
    ...(OBJECT_KEYWORDS.some((key) => key in schema) ? ['object'] : []),
    ...(LIST_KEYWORDS.some((key) => key in schema) ? ['array'] : []),
  ];
}

function typeFor(type: string, schema: JsonObject, { scope, isPart }: { scope: TypeScope; isPart: boolean }): TypeText {
  switch (type) {
    case 'object':
      return objectType(schema, scope, isPart);
    case 'array':
      return listType(schema, scope, isPart);
    case 'integer':
    case 'number':
      return atom('number');
    default:
      return atom(type);
  }
}

function listType(schema: JsonObject, scope: TypeScope, isPart: boolean): TypeText {
  const { items, minItems } = schema;
  const rest = isSchema(items) ? scope.write(items) : UNKNOWN;
  const first = schemaListOf(schema['prefixItems']);
  if (first.length === 0) {
    return isPart && items === undefined ? UNKNOWN : listOf(rest);
  }
  const required = typeof minItems === 'number' ? minItems : 0;
  const members = first.map((item, index) => {
    const { text, binding } = scope.write(item);
    return index < required ? text : `${binding === 'atom' ? text : `(${text})`}?`;
  });
  const more = rest.text === NEVER.text ? [] : [`...${listOf(rest).text.replace(/^readonly /, '')}`];
  return { text: `readonly [${[...members, ...more].join(', ')}]`, binding: 'operator' };
}
