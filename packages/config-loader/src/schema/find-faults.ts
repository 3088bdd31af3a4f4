import { format, validate, type OutputUnit, type Schema } from '@cfworker/json-schema';
import type { JsonValue } from '@bulkhead/types';
import { noLimit } from '../errors.ts';
import { CONFIG_FORMATS } from './formats.ts';
import { decodePointer, resolvePointer } from './normalize-schema.ts';
import {
  isSchemaNode,
  SCHEMA_KEYWORDS,
  SCHEMA_LIST_KEYWORDS,
  SCHEMA_MAP_KEYWORDS,
  type SchemaNode,
} from './schema-node.ts';

/** A rule that a value breaks. */
export interface SchemaFault {
  readonly keyword: string;
  /** Where the value stands, as a JSON pointer. */
  readonly instancePath: string;
  /** Where the rule stands in the schema, as a JSON pointer with `#` in front. */
  readonly schemaPath: string;
  /** What stands there: the limit, the values that are allowed, … */
  readonly rule: unknown;
  /** The key that is missing, or that should not be there. */
  readonly key?: string;
}

/** A schema in the form that the validator reads. */
export type ReadableSchema = Schema | boolean;

/** Marks our formats: the validator's list of formats is one for the whole process. */
const OWN = 'bulkhead:';
/** Their errors say only that there are further ones, which follow. */
const FRAMES = ['properties', 'patternProperties', 'prefixItems', 'allOf', 'dependentSchemas', 'propertyNames', '$ref'];
/** Keywords for what no other keyword is about: with `false`, it should not be there. */
const REMAINDERS = ['additionalProperties', 'unevaluatedProperties', 'items', 'unevaluatedItems'];
const LIMITS = [
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength'],
  ...['minItems', 'maxItems', 'minProperties', 'maxProperties', 'minContains', 'maxContains'],
];

for (const [name, check] of Object.entries(CONFIG_FORMATS)) format[`${OWN}${name}`] = check;

/**
 * Makes a schema readable for the validator.
 *
 * @throws BulkheadError `ERR_CONFIG_SCHEMA` if it makes no sense
 */
export function toReadable(schema: SchemaNode | boolean): ReadableSchema {
  if (!isSchemaNode(schema)) return schema;
  const result: Record<string, unknown> = { ...schema };
  for (const keyword of LIMITS) {
    if (schema[keyword] !== undefined && typeof schema[keyword] !== 'number') throw noLimit(keyword);
  }
  if (schema.format !== undefined && Object.hasOwn(CONFIG_FORMATS, schema.format)) result.format = OWN + schema.format;
  for (const keyword of SCHEMA_KEYWORDS) {
    if (schema[keyword] !== undefined) result[keyword] = toReadable(schema[keyword] as SchemaNode);
  }
  for (const keyword of SCHEMA_LIST_KEYWORDS) {
    if (schema[keyword] !== undefined) result[keyword] = schema[keyword].map(toReadable);
  }
  for (const keyword of SCHEMA_MAP_KEYWORDS) {
    const entries = Object.entries((schema[keyword] as Readonly<Record<string, SchemaNode>> | undefined) ?? {});
    if (schema[keyword] !== undefined) {
      result[keyword] = Object.fromEntries(entries.map(([key, inner]) => [key, toReadable(inner)]));
    }
  }
  return result;
}

/**
 * Every rule that a value breaks.
 *
 * @param schema - the schema, which the paths lead into
 * @param readable - the same for the validator
 */
export function findFaults(
  value: JsonValue,
  schema: SchemaNode | boolean,
  readable: ReadableSchema,
): readonly SchemaFault[] {
  const { errors } = validate(value, readable, '2020-12', {}, false);
  const reader = new ErrorReader(value, schema, errors);
  return reader.read();
}

/** Turns what the validator says of each schema into a list of what is broken. */
class ErrorReader {
  readonly #value: JsonValue;
  readonly #schema: SchemaNode | boolean;
  readonly #errors: readonly OutputUnit[];
  readonly #faults: SchemaFault[] = [];
  /** Rules of which one error has told everything. */
  readonly #told = new Set<string>();

  constructor(value: JsonValue, schema: SchemaNode | boolean, errors: readonly OutputUnit[]) {
    this.#value = value;
    this.#schema = schema;
    this.#errors = errors;
  }

  read(): readonly SchemaFault[] {
    this.#errors.forEach((error, index) => this.#readOne(error, index));
    return this.#faults;
  }

  #readOne({ keyword, instanceLocation, keywordLocation }: OutputUnit, index: number): void {
    if (FRAMES.includes(keyword)) return;
    const fault = this.#faultAt(keyword, instanceLocation, keywordLocation);
    if (REMAINDERS.includes(keyword)) {
      if (fault.rule === false) this.#readRemainder(fault, this.#errors[index + 1]!);
    } else if (keyword === 'required' || keyword === 'dependentRequired') {
      this.#once(fault, () => this.#faults.push(...this.#missingKeys(fault)));
    } else if (keyword === 'false') {
      this.#readForbidden(fault, this.#errors[index - 1]);
    } else {
      this.#faults.push(fault);
    }
  }

  #faultAt(keyword: string, instance: string, place: string): SchemaFault {
    const schemaPath = place.replace(/\/dependantRequired$/, '/dependentRequired');
    return { keyword, instancePath: instance.slice(1), schemaPath, rule: resolvePointer(this.#schema, schemaPath) };
  }

  /** @param inner - the error that follows, which is about what should not be there */
  #readRemainder(fault: SchemaFault, inner: OutputUnit): void {
    if (fault.keyword.endsWith('Items') || fault.keyword === 'items') {
      return this.#once(fault, () => this.#faults.push(fault));
    }
    // A key with a wrong value counts as one that no schema is about.
    const isWrong = (other: OutputUnit): boolean =>
      other.keyword !== 'false' && `${other.instanceLocation}/`.startsWith(`${inner.instanceLocation}/`);
    if (fault.keyword === 'unevaluatedProperties' && this.#errors.some(isWrong)) return;
    const beside = fault.schemaPath.replace(/[^/]*$/, '');
    const later = this.#faults.findIndex(
      ({ schemaPath, instancePath }) =>
        schemaPath.startsWith(beside) && instancePath.startsWith(`${fault.instancePath}/`),
    );
    const key = decodePointer(inner.instanceLocation.slice(1)).at(-1)!;
    this.#faults.splice(later === -1 ? this.#faults.length : later, 0, { ...fault, key });
  }

  /** @param frame - the error in front, which says whose rule it is */
  #readForbidden(fault: SchemaFault, frame: OutputUnit | undefined): void {
    const isRemainder = frame !== undefined && REMAINDERS.includes(frame.keyword);
    if (!isRemainder) this.#faults.push({ ...fault, schemaPath: `${frame?.keywordLocation ?? '#'}/`, rule: false });
  }

  #missingKeys(fault: SchemaFault): SchemaFault[] {
    const value = resolvePointer(this.#value, `#${fault.instancePath}`) as Readonly<Record<string, JsonValue>>;
    const { rule } = fault;
    const needed = Array.isArray(rule)
      ? (rule as readonly string[])
      : Object.entries(rule as Readonly<Record<string, readonly string[]>>).flatMap(([key, needs]) =>
          Object.hasOwn(value, key) ? needs : [],
        );
    return needed.filter((key) => !Object.hasOwn(value, key)).map((key) => ({ ...fault, key }));
  }

  #once({ instancePath, schemaPath }: SchemaFault, tell: () => void): void {
    const rule = `${instancePath} ${schemaPath}`;
    if (!this.#told.has(rule)) tell();
    this.#told.add(rule);
  }
}
