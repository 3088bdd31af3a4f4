import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonValue } from '@bulkhead/types';
import { closeSchema } from './close-schema.ts';
import { CONFIG_FORMATS, needsMoreFormats } from './formats.ts';
import { decodePointer } from './normalize-schema.ts';
import type { SchemaNode } from './schema-node.ts';

/** What the validator found in one section. */
export interface SectionFaults {
  readonly errors: readonly ErrorObject[];
  /** The schema to which the `schemaPath` of the errors leads. */
  readonly schema: SchemaNode | boolean;
}

interface CompiledSection {
  readonly validate: ValidateFunction;
  readonly schema: SchemaNode | boolean;
}

/** More rounds than a value can have types to be tried. */
const MAX_ROUNDS = 4;

/**
 * Checks sections against their schemas. Each schema is compiled when its section is first seen, once however many
 * instances share it: a host pays for what its configuration has, not for what its packages might read.
 */
export class SectionValidator {
  readonly #ajv: Ajv2020;
  readonly #addFormats: () => Promise<void>;
  readonly #compiled = new WeakMap<SchemaNode, CompiledSection>();

  private constructor(ajv: Ajv2020, addFormats: () => Promise<void>) {
    this.#ajv = ajv;
    this.#addFormats = addFormats;
  }

  /** Loads ajv, which a host without schemas never does. */
  static async load(): Promise<SectionValidator> {
    const { Ajv2020 } = await import('ajv/dist/2020.js');
    const ajv = new Ajv2020({
      strict: false,
      allErrors: true,
      // Schemas are looked through when they are loaded; compiling the meta-schema would cost more than all of them.
      validateSchema: false,
      meta: false,
      addUsedSchema: false,
      logger: false,
      code: { optimize: false },
      formats: { ...CONFIG_FORMATS },
    });
    return new SectionValidator(ajv, async () => {
      const { default: addFormats } = await import('ajv-formats');
      addFormats.default(ajv, { keywords: false });
      Object.entries(CONFIG_FORMATS).forEach(([name, format]) => ajv.addFormat(name, format));
    });
  }

  /**
   * What is wrong with a section. Strings that the reader would take for a number or a boolean, as they come from the
   * environment, count as such.
   *
   * @param isOpen - whether objects may have keys that the schema does not list
   * @throws whatever ajv throws for a schema that makes no sense
   */
  async validate(section: JsonValue, schema: SchemaNode, isOpen = false): Promise<SectionFaults> {
    const compiled = this.#compiled.get(schema) ?? (await this.#compile(schema, isOpen));
    let candidate = section;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      compiled.validate(candidate);
      const errors = compiled.validate.errors ?? [];
      const coerced = coerceStrings(candidate, errors);
      if (coerced === undefined) {
        return { errors, schema: compiled.schema };
      }
      candidate = coerced;
    }
    return { errors: compiled.validate.errors ?? [], schema: compiled.schema };
  }

  async #compile(schema: SchemaNode, isOpen: boolean): Promise<CompiledSection> {
    if (needsMoreFormats(schema)) {
      await this.#addFormats();
    }
    const complete = isOpen ? schema : closeSchema(schema);
    const compiled = { validate: this.#ajv.compile(complete), schema: complete };
    this.#compiled.set(schema, compiled);
    return compiled;
  }
}

/** A copy in which strings became what was expected at their place; `undefined` if there is none to change. */
function coerceStrings(section: JsonValue, errors: readonly ErrorObject[]): JsonValue | undefined {
  let copy: JsonValue | undefined;
  for (const { keyword, instancePath, params } of errors) {
    const path = decodePointer(instancePath);
    const value =
      keyword === 'type' ? coerce(valueAt(copy ?? section, path), (params as { type: unknown }).type) : undefined;
    if (value !== undefined) {
      copy = withValueAt(copy ?? section, path, value);
    }
  }
  return copy;
}

function coerce(value: unknown, expected: unknown): number | boolean | undefined {
  const types: readonly unknown[] = [expected].flat();
  if (typeof value !== 'string' && typeof value !== 'number') {
    return undefined;
  }
  const text = String(value).trim();
  if (typeof value === 'string' && text !== '' && (types.includes('number') || types.includes('integer'))) {
    const number = Number(text);
    if (Number.isFinite(number)) {
      return number;
    }
  }
  if (types.includes('boolean')) {
    return /^(?:y|yes|true|1|on)$/i.test(text) ? true : /^(?:n|no|false|0|off)$/i.test(text) ? false : undefined;
  }
  return undefined;
}

function valueAt(root: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, part) => (value as Readonly<Record<string, unknown>> | undefined)?.[part], root);
}

function withValueAt(root: JsonValue, [part, ...rest]: readonly string[], value: JsonValue): JsonValue {
  if (part === undefined) {
    return value;
  }
  if (Array.isArray(root)) {
    return root.map((item, index) => (String(index) === part ? withValueAt(item, rest, value) : item));
  }
  const object = root as Readonly<Record<string, JsonValue>>;
  const entries = Object.entries(object).map(([key, inner]) => [
    key,
    key === part ? withValueAt(inner, rest, value) : inner,
  ]);
  return Object.fromEntries(entries) as JsonValue;
}
