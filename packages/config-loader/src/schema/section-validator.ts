import type { JsonValue } from '@bulkhead/types';
import { closeSchema } from './close-schema.ts';
import { findFaults, toReadable, type ReadableSchema, type SchemaFault } from './find-faults.ts';
import { decodePointer } from './normalize-schema.ts';
import type { SchemaNode } from './schema-node.ts';

/** What the validator found in one section. */
export interface SectionFaults {
  readonly faults: readonly SchemaFault[];
  /** The schema to which the `schemaPath` of the faults leads. */
  readonly schema: SchemaNode | boolean;
}

interface PreparedSection {
  readonly schema: SchemaNode | boolean;
  readonly readable: ReadableSchema;
}

/** More rounds than a value can have types to be tried. */
const MAX_ROUNDS = 4;

/**
 * Checks sections against their schemas. Each schema is prepared when its section is first seen, once however many
 * instances share it: a host pays for what its configuration has, not for what its packages might read.
 */
export class SectionValidator {
  readonly #prepared = new WeakMap<SchemaNode, PreparedSection>();

  /**
   * What is wrong with a section. Strings that the reader would take for a number or a boolean, as they come from the
   * environment, count as such.
   *
   * @param isOpen - whether objects may have keys that the schema does not list
   * @throws BulkheadError `ERR_CONFIG_SCHEMA` if the schema makes no sense
   */
  validate(section: JsonValue, schema: SchemaNode, isOpen = false): SectionFaults {
    const prepared = this.#prepared.get(schema) ?? this.#prepare(schema, isOpen);
    // A key that is undefined, as data from code may have it, is none.
    let candidate = JSON.parse(JSON.stringify(section)) as JsonValue;
    for (let round = 0; ; round++) {
      const faults = findFaults(candidate, prepared.schema, prepared.readable);
      const coerced = round < MAX_ROUNDS ? coerceStrings(candidate, faults) : undefined;
      if (coerced === undefined) return { faults, schema: prepared.schema };
      candidate = coerced;
    }
  }

  #prepare(schema: SchemaNode, isOpen: boolean): PreparedSection {
    const complete = isOpen ? schema : closeSchema(schema);
    const prepared = { schema: complete, readable: toReadable(complete) };
    this.#prepared.set(schema, prepared);
    return prepared;
  }
}

/** A copy in which strings became what was expected at their place; `undefined` if there is none to change. */
function coerceStrings(section: JsonValue, faults: readonly SchemaFault[]): JsonValue | undefined {
  let copy: JsonValue | undefined;
  for (const { keyword, instancePath, rule } of faults) {
    const path = decodePointer(instancePath);
    const value = keyword === 'type' ? coerce(valueAt(copy ?? section, path), rule) : undefined;
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
