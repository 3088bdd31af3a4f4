import { badSchema } from '../check/problems.ts';
import { formatValue, isObject } from '../read/json-pointer.ts';
import { unsupported } from '../read/problems.ts';
import { SHAPES } from '../read/shapes.ts';
import type { Schema } from './contract-model.ts';
import type { ContractReader } from './contract-reader.ts';
import { convertDiscriminator } from './discriminator.ts';
import { mendPattern } from './mend-pattern.ts';
import { FORMATS, isKeywordValue, KEYWORD_VALUES, KEYWORDS, TYPES } from './schema-keywords.ts';
import type { SchemaNames } from './schema-names.ts';

/** Keywords that say which schema is meant by other means than `$ref`. */
const UNSUPPORTED = ['$dynamicRef', '$dynamicAnchor', '$recursiveRef', '$recursiveAnchor', '$id', '$vocabulary'];

type Source = Readonly<Record<string, unknown>>;

/** Turns schemas of the document into schemas of the model, and says what is wrong with them. */
export class SchemaConverter {
  readonly #reader: ContractReader;
  readonly #names: SchemaNames;
  readonly #known = new Map<object, Schema>();

  constructor(reader: ContractReader, names: SchemaNames) {
    this.#reader = reader;
    this.#names = names;
  }

  /** The named schemas, by the names of their types. */
  convertNamed(): Map<string, Schema> {
    const components = this.#reader.document['components'];
    const schemas = isObject(components) ? (components['schemas'] as Source | undefined) : undefined;
    const named = [...this.#names.entries()].map(
      ([component, type]) => [type, this.convert(schemas?.[component])] as const,
    );
    return new Map(named);
  }

  /** All schemas that were converted so far, by the objects of the contract that they were made of. */
  get converted(): ReadonlyMap<object, Schema> {
    return this.#known;
  }

  /** Converts a schema. Nothing, as where a contract does not describe a body, is what anything fits. */
  convert(value: unknown): Schema {
    if (!isObject(value)) {
      return value !== false;
    }
    let schema = this.#known.get(value);
    if (schema === undefined) {
      schema = this.#convertObject(value);
      this.#known.set(value, schema);
    }
    return schema;
  }

  #convertObject(source: Source): Schema {
    const schema: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(source)) {
      const converted = this.#convertKeyword(key, value, source);
      if (converted !== undefined) {
        schema[key] = converted;
      }
    }
    this.#checkKeywords(source);
    const discriminator = convertDiscriminator(source, this.#reader, this.#names);
    return { ...schema, ...(discriminator && { discriminator }) };
  }

  #convertKeyword(key: string, value: unknown, source: Source): unknown {
    if (key === '$ref') {
      return typeof value === 'string' ? this.#names.toModel(value) : undefined;
    }
    const kind = KEYWORDS.get(key);
    if (kind) {
      return this.#convertPlain(key, value, source);
    }
    // Definitions are named schemas of their own wherever something refers to them.
    const place =
      key === '$defs' || key === 'definitions' || !Object.hasOwn(SHAPES.schema, key) ? undefined : SHAPES.schema[key];
    if (!place) {
      return undefined;
    }
    if (place.many === 'list') {
      return (value as unknown[]).map((each) => this.convert(each));
    }
    if (place.many !== 'map') {
      return this.convert(value);
    }
    const nameOf = (name: string): string => (key === 'patternProperties' && mendPattern(name)) || name;
    return Object.fromEntries(
      Object.entries(value as Source).map(([name, each]) => [nameOf(name), this.convert(each)]),
    );
  }

  #convertPlain(key: string, value: unknown, source: Source): unknown {
    const kind = KEYWORDS.get(key)!;
    if (!isKeywordValue(kind, value)) {
      this.#fail(source, key, `'${key}' of a schema must be ${KEYWORD_VALUES[kind]}`, hintFor(key, value));
      return undefined;
    }
    if (key === 'format') {
      return FORMATS.has(value as string) ? value : undefined;
    }
    if (key === 'pattern') {
      return this.#convertPattern(value as string, source);
    }
    return value;
  }

  #convertPattern(pattern: string, source: Source): string | undefined {
    const mended = mendPattern(pattern);
    if (mended === undefined) {
      const message = `The pattern '${pattern}' is no regular expression of ECMAScript`;
      this.#fail(source, 'pattern', message, 'Write it as JavaScript would take it, with the flag u.');
    }
    return mended;
  }

  #checkKeywords(source: Source): void {
    const { type } = source;
    const types = Array.isArray(type) ? (type as unknown[]) : type === undefined ? [] : [type];
    const unknown = types.find((each) => !TYPES.has(each));
    if (unknown !== undefined) {
      this.#fail(source, 'type', `'${formatValue(unknown)}' is no type`, `Types are ${[...TYPES].join(', ')}.`);
    }
    if (Array.isArray(type) && type.length === 0) {
      this.#fail(source, 'type', "'type' lists no type, so no value fits", 'Name one, or remove the key.');
    }
    if (Array.isArray(source['enum']) && source['enum'].length === 0) {
      this.#fail(source, 'enum', "'enum' lists nothing, so no value fits", 'List the values, or remove the key.');
    }
    if ('nullable' in source) {
      this.#fail(source, 'nullable', "There is no 'nullable' in OpenAPI 3.1", 'Write \'type: [string, "null"]\'.');
    }
    if (isObject(source['properties']) && Object.hasOwn(source['properties'], '__proto__')) {
      const hint = 'Rename it. Servers refuse bodies that have it, since it could reach the prototype of all objects.';
      this.#reader.problems.push(
        badSchema(
          "No property can be called '__proto__'",
          hint,
          this.#reader.places.of(source['properties'], '__proto__'),
        ),
      );
    }
    for (const key of UNSUPPORTED.filter((each) => each in source)) {
      const hint = 'Name the schema in components.schemas, and refer to it with $ref.';
      this.#reader.problems.push(unsupported(`'${key}' is not supported`, hint, this.#reader.places.of(source, key)));
    }
    for (const pattern of Object.keys(isObject(source['patternProperties']) ? source['patternProperties'] : {})) {
      this.#convertPattern(pattern, source['patternProperties'] as Source);
    }
  }

  // eslint-disable-next-line @typescript-eslint/max-params -- where, what, and how to mend it
  #fail(source: Source, key: string, message: string, hint: string): void {
    this.#reader.problems.push(badSchema(message, hint, this.#reader.places.of(source, key)));
  }
}

function hintFor(key: string, value: unknown): string {
  if (key === 'required' && typeof value === 'boolean') {
    return "List the names of required properties in the 'required' of the object that has them.";
  }
  if ((key === 'exclusiveMinimum' || key === 'exclusiveMaximum') && typeof value === 'boolean') {
    return 'In OpenAPI 3.1 it is the bound itself.';
  }
  return 'See JSON Schema 2020-12.';
}
