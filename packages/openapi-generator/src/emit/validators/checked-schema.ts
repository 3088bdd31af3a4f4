import type { JsonObject, JsonValue } from '@bulkhead/types';
import { formats } from '@bulkhead/openapi/validation';
import type { Schema } from '../../model/contract-model.ts';
import { mendPattern } from '../../model/mend-pattern.ts';
import { defaultOf } from '../schema/defaults.ts';
import { allHiddenProperties, hiddenProperties, type Direction } from '../schema/direction.ts';
import { readDiscriminator } from '../schema/discriminator.ts';
import { isObject, isSchema, refName, schemaListOf, textsOf, type NamedSchemas } from '../schema/schema-ref.ts';
import { mapSubschemas } from '../schema/subschemas.ts';

/** The keywords that say what is valid. All others are for people and tools. */
const KEYWORDS = [
  ...['type', 'enum', 'const', 'format', 'default', '$ref', '$defs'],
  ...['multipleOf', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum', 'maxLength', 'minLength', 'pattern'],
  ...['maxItems', 'minItems', 'uniqueItems', 'maxContains', 'minContains', 'prefixItems', 'items', 'contains'],
  ...['maxProperties', 'minProperties', 'required', 'dependentRequired', 'properties', 'patternProperties'],
  ...['additionalProperties', 'propertyNames', 'dependentSchemas', 'unevaluatedItems', 'unevaluatedProperties'],
  ...['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'file'],
];

/** Keywords behind which the same value is looked at, so that what is hidden in it is hidden there too. */
const SAME_VALUE = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas']);

/** Keywords behind which a schema is tried. What does not fit must not have been changed by the attempt. */
const TRIED = new Set(['anyOf', 'oneOf', 'not', 'if', 'contains', 'propertyNames']);

/** What a schema is turned into a checked one by. */
export interface CheckedSchemaOptions {
  readonly direction: Direction;
  readonly named: NamedSchemas;
  /** Whether defaults are filled in. */
  readonly fills: boolean;
  /** The id under which the compiler knows a named schema that fills in defaults, or does not. */
  readonly idOf: (name: string, fills: boolean) => string;
}

/**
 * A schema as the compiler of validators takes it: only what says what is valid.
 *
 * - Properties that the direction hides are not required and may be anything: they are stripped before.
 * - Defaults are filled in also where a property has them from the schema that it refers to, and where they stand in an
 *   alternative of a union: in the one that fits, and in no other.
 * - A union with a discriminator becomes the keywords `tag` and `branches`.
 */
export function toCheckedSchema(schema: Schema, options: CheckedSchemaOptions): Schema {
  return convert(schema, options, new Set());
}

function convert(schema: Schema, options: CheckedSchemaOptions, hiddenAround: ReadonlySet<string>): Schema {
  if (typeof schema === 'boolean') {
    return schema;
  }
  const { direction, named, fills, idOf } = options;
  const hidden = new Set([...hiddenAround, ...allHiddenProperties(schema, direction, named)]);
  const result: Record<string, JsonValue | undefined> = mapSubschemas(pickKeywords(schema), (inner, keyword) =>
    convert(
      inner,
      TRIED.has(keyword) ? withoutFilling(options) : options,
      SAME_VALUE.has(keyword) ? hidden : new Set(),
    ),
  );
  const name = refName(schema);
  if (name !== undefined) {
    result.$ref = idOf(name, fills);
  }
  convertProperties(schema, result, options);
  convertRequired(result, hidden);
  if (!convertDiscriminator(schema, result, (branch) => convert(branch, options, hidden)) && fills) {
    fillAlternatives(schema, result, (branch, filling) =>
      convert(branch, filling ? options : withoutFilling(options), hidden),
    );
  }
  convertPatterns(result);
  if (!fills) {
    delete result.default;
  }
  if (typeof result.format === 'string' && !Object.hasOwn(formats, result.format)) {
    delete result.format;
  }
  return result;
}

function pickKeywords(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    KEYWORDS.filter((keyword) => keyword in schema).map((keyword) => [keyword, schema[keyword]]),
  );
}

function convertProperties(
  schema: JsonObject,
  result: Record<string, JsonValue | undefined>,
  { direction, named, fills }: CheckedSchemaOptions,
): void {
  if (!isObject(result.properties) || !isObject(schema.properties)) {
    return;
  }
  const properties = { ...result.properties };
  for (const name of hiddenProperties(schema, direction, named)) {
    properties[name] = true;
  }
  if (fills) {
    for (const [name, property] of Object.entries(properties)) {
      const value = defaultOf(schemaAt(schema.properties[name]), named);
      if (isObject(property) && value !== undefined) {
        properties[name] = { ...property, default: value };
      }
    }
  }
  result.properties = properties;
}

function schemaAt(value: JsonValue | undefined): Schema | undefined {
  return isSchema(value) ? value : undefined;
}

function convertRequired(result: Record<string, JsonValue | undefined>, hidden: ReadonlySet<string>): void {
  if (hidden.size > 0 && Array.isArray(result.required)) {
    result.required = textsOf(result.required).filter((name) => !hidden.has(name));
  }
}

/** @returns whether there is one */
function convertDiscriminator(
  schema: JsonObject,
  result: Record<string, JsonValue | undefined>,
  convertBranch: (branch: Schema) => Schema,
): boolean {
  const discriminated = readDiscriminator(schema);
  if (!discriminated) {
    return false;
  }
  delete result.oneOf;
  // The keyword looks at objects only.
  result.type ??= 'object';
  result.tag = {
    property: discriminated.property,
    values: discriminated.branches.map(({ values }) => [...values]),
  };
  result.branches = discriminated.branches.map((branch) => convertBranch(branch.schema));
  return true;
}

/** Adds to a union that what fits an alternative gets its defaults. */
function fillAlternatives(
  schema: JsonObject,
  result: Record<string, JsonValue | undefined>,
  convertBranch: (branch: Schema, filling: boolean) => Schema,
): void {
  const filled = [...schemaListOf(schema.anyOf), ...schemaListOf(schema.oneOf)].flatMap((branch) => {
    const [tried, then] = [convertBranch(branch, false), convertBranch(branch, true)];
    return JSON.stringify(tried) === JSON.stringify(then) ? [] : [{ if: tried, then }];
  });
  if (filled.length > 0) {
    result.allOf = [...schemaListOf(result.allOf), ...filled];
  }
}

function withoutFilling(options: CheckedSchemaOptions): CheckedSchemaOptions {
  return { ...options, fills: false };
}

/** The model has mended what a text is matched with, but not what the names of properties are. */
function convertPatterns(result: Record<string, JsonValue | undefined>): void {
  if (isObject(result.patternProperties)) {
    result.patternProperties = Object.fromEntries(
      Object.entries(result.patternProperties).map(([pattern, schema]) => [mendPattern(pattern) ?? pattern, schema]),
    );
  }
}
