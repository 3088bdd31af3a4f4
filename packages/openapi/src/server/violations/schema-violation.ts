import type { Violation } from '@bulkhead/errors';
import type { SchemaError } from '../server-operation.ts';
import { below } from './violations.ts';

type Params = SchemaError['params'];
type Describe = (params: Params) => string;

/** Longer lists of values are cut off. */
const MAX_VALUES = 20;

/** What a schema error says, by its keyword. Keywords that are not here keep the message of the validator. */
const DESCRIPTIONS: Readonly<Record<string, Describe>> = {
  type: ({ type }) => `must be ${listTypes(type)}`,
  enum: ({ allowedValues }) => `must be one of ${listValues(allowedValues)}`,
  const: ({ allowedValue }) => `must be ${JSON.stringify(allowedValue)}`,
  format: ({ format }) => `must have the format ${String(format)}`,
  pattern: ({ pattern }) => `must match ${String(pattern)}`,
  minimum: compare,
  maximum: compare,
  exclusiveMinimum: compare,
  exclusiveMaximum: compare,
  multipleOf: ({ multipleOf }) => `must be a multiple of ${String(multipleOf)}`,
  minLength: ({ limit }) => `must have at least ${count(limit, 'character')}`,
  maxLength: ({ limit }) => `must have at most ${count(limit, 'character')}`,
  minItems: ({ limit }) => `must have at least ${count(limit, 'item')}`,
  maxItems: ({ limit }) => `must have at most ${count(limit, 'item')}`,
  minProperties: ({ limit }) => `must have at least ${count(limit, 'property')}`,
  maxProperties: ({ limit }) => `must have at most ${count(limit, 'property')}`,
  uniqueItems: ({ i, j }) => `must not have the same item twice: ${String(j)} and ${String(i)} are equal`,
  required: () => 'is missing',
  additionalProperties: () => 'is not known to the contract',
  unevaluatedProperties: () => 'is not known to the contract',
  dependentRequired: ({ property }) => `is missing, and needed since '${String(property)}' is there`,
  branches: ({ allowedValues }) => `must be one of ${listValues(allowedValues)}`,
  file: () => 'must be a file',
  oneOf: () => 'must fit exactly one of the alternatives',
  anyOf: () => 'must fit one of the alternatives',
  not: () => 'must not be of that kind',
  'false schema': () => 'must not be there',
};

/** Keywords that find fault with an object because of one of its properties, and the parameter that names it. */
const PROPERTY: Readonly<Record<string, string>> = {
  required: 'missingProperty',
  dependentRequired: 'missingProperty',
  additionalProperties: 'additionalProperty',
  unevaluatedProperties: 'unevaluatedProperty',
  branches: 'property',
};

/**
 * A schema error in the words of this project. Unlike Ajv, it points at the property that is missing or too many, and
 * not at the object around it.
 *
 * @param base - pointer to the value that was checked
 */
export function toViolation({ instancePath, keyword, params, message }: SchemaError, base: string): Violation {
  const property = params[PROPERTY[keyword] ?? ''];
  const place = `${base}${instancePath}`;
  return {
    pointer: typeof property === 'string' ? below(place, property) : place,
    message: DESCRIPTIONS[keyword]?.(params) ?? message ?? `breaks the rule '${keyword}'`,
  };
}

function compare({ comparison, limit }: Params): string {
  return `must be ${String(comparison)} ${String(limit)}`;
}

function count(limit: unknown, noun: string): string {
  return limit === 1 ? `one ${noun}` : `${String(limit)} ${noun.replace(/y$/, 'ie')}s`;
}

function listValues(values: unknown): string {
  const all: readonly unknown[] = Array.isArray(values) ? values : (JSON.parse(String(values)) as unknown[]);
  const shown = all.slice(0, MAX_VALUES).map((value) => JSON.stringify(value));
  return all.length > MAX_VALUES ? `${shown.join(', ')}, …` : shown.join(', ');
}

function listTypes(types: unknown): string {
  const names = Array.isArray(types) ? types : String(types).split(',');
  return names.map((name) => withArticle(String(name))).join(' or ');
}

function withArticle(type: string): string {
  if (type === 'null') {
    return type;
  }
  return `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`;
}
