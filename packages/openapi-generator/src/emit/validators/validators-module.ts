import { Ajv2020, _ } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { formats } from '@bulkhead/openapi/validation';
import type { Schema } from '../../model/contract-model.ts';
import type { Direction } from '../schema/direction.ts';
import type { JsonObject } from '@bulkhead/types';
import { isObject, refName, textsOf, type NamedSchemas } from '../schema/schema-ref.ts';
import { reachableNames, someSchema } from '../schema/subschemas.ts';
import { toCheckedSchema } from './checked-schema.ts';
import { withKeywords } from './keywords.ts';
import { toModuleText } from './module-text.ts';

/** A validator to be: what it is called, and what it checks. */
export interface ValidatorUse {
  readonly exportName: string;
  readonly schema: Schema;
  readonly direction: Direction;
}

/**
 * A module with a validator for each use, compiled ahead of time.
 *
 * Schemas that have names are compiled once per direction, whatever number of uses leads to them.
 *
 * @returns TypeScript whose only imports are of `@bulkhead/openapi/validation`
 */
export function emitValidators(uses: readonly ValidatorUse[], named: NamedSchemas): string {
  const some = (holds: (schema: JsonObject) => boolean): boolean =>
    uses.some(({ schema }) => someSchema(schema, named, holds));
  const ajv = createCompiler({ tracksEvaluated: some(isUnevaluated), looksAtOwn: some(namesInherited) });
  const exports = new Map<string, string>();
  const idOf = schemaIds(named);
  for (const direction of ['request', 'response'] as const) {
    const ofDirection = uses.filter((use) => use.direction === direction);
    // A response is what its handler says, without defaults.
    const fills = direction === 'request';
    const options = {
      direction,
      named,
      fills,
      idOf: (name: string, filling: boolean) => idOf(name, direction, filling),
    };
    const schemas = ofDirection.map(({ schema }) => schema);
    for (const name of reachableNames(schemas, named)) {
      for (const filling of [fills, false]) {
        const schema = toCheckedSchema(named.get(name) ?? true, { ...options, fills: filling });
        addSchema(ajv, idOf(name, direction, filling), schema);
      }
    }
    for (const { exportName, schema } of ofDirection) {
      const name = isMereRef(schema) ? refName(schema) : undefined;
      exports.set(exportName, name === undefined ? `/${exportName}` : idOf(name, direction, fills));
      if (name === undefined) {
        addSchema(ajv, `/${exportName}`, toCheckedSchema(schema, options));
      }
    }
  }
  return toModuleText(compile(ajv, exports));
}

/** Ids for what a named schema means, which is one where it means the same: it is compiled once then. */
function schemaIds(named: NamedSchemas): (name: string, direction: Direction, fills: boolean) => string {
  const withDefaults = namesWith(named, (schema) => schema.default !== undefined);
  const withDirection = namesWith(named, ({ readOnly, writeOnly }) => readOnly === true || writeOnly === true);
  return (name, direction, fills) => {
    const parts = [
      ...(withDirection.has(name) ? [direction] : []),
      ...(withDefaults.has(name) && fills ? ['filling'] : []),
    ];
    return ['/schemas', encodeURIComponent(name), ...parts].join('/');
  };
}

/** The code of all schemas that are exported. One that has two names is declared once: Ajv would do it twice. */
function compile(ajv: Ajv2020, exports: ReadonlyMap<string, string>): string {
  const names = new Map<string, string>();
  const aliases: string[] = [];
  for (const [name, id] of exports) {
    const first = names.get(id);
    if (first === undefined) {
      names.set(id, name);
    } else {
      aliases.push(`export const ${name} = ${first};`);
    }
  }
  const code = standalone.default(ajv, Object.fromEntries([...names].map(([id, name]) => [name, id])));
  return [code, ...aliases].join('\n');
}

/** The names of schemas that fulfil a condition, themselves or by what is in them. */
function namesWith(named: NamedSchemas, holds: (schema: JsonObject) => boolean): ReadonlySet<string> {
  const users = new Map<string, string[]>();
  const found = new Set<string>();
  for (const [user, schema] of named) {
    someSchema(schema, new Map(), (part) => {
      const name = refName(part);
      if (name !== undefined) {
        users.set(name, [...(users.get(name) ?? []), user]);
      }
      if (holds(part)) {
        found.add(user);
      }
      return false;
    });
  }
  // A set also goes through what is added to it meanwhile.
  for (const name of found) {
    users.get(name)?.forEach((user) => found.add(user));
  }
  return found;
}

function isUnevaluated(schema: JsonObject): boolean {
  return 'unevaluatedProperties' in schema || 'unevaluatedItems' in schema;
}

/** Whether a schema names what all objects have: `toString` would be taken to be there. */
function namesInherited(schema: JsonObject): boolean {
  const named = ['properties', 'dependentRequired', 'dependentSchemas'].flatMap((keyword) => {
    const members = schema[keyword];
    return isObject(members) ? Object.keys(members) : [];
  });
  return [...named, ...textsOf(schema.required)].some((name) => name in Object.prototype);
}

function isMereRef(schema: Schema): boolean {
  return typeof schema !== 'boolean' && Object.keys(schema).length === 1;
}

function createCompiler({
  tracksEvaluated,
  looksAtOwn,
}: {
  readonly tracksEvaluated: boolean;
  readonly looksAtOwn: boolean;
}): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    useDefaults: true,
    ownProperties: looksAtOwn,
    strict: false,
    logger: false,
    // The runtime has words of its own.
    messages: false,
    validateSchema: false,
    addUsedSchema: false,
    // 0.07 is a multiple of 0.01, though not in binary.
    multipleOfPrecision: 9,
    // Small schemas are copied to where they are used, others are called.
    inlineRefs: 4,
    code: { source: true, esm: true, lines: true, optimize: 1, formats: _`formats` },
  });
  // What the draft needs for keywords that contracts seldom or never have makes the code twice as long.
  ajv.opts.unevaluated = tracksEvaluated;
  ajv.opts.dynamicRef = false;
  for (const [name, format] of Object.entries(formats)) {
    ajv.addFormat(name, format);
  }
  return withKeywords(ajv);
}

function addSchema(ajv: Ajv2020, id: string, schema: Schema): void {
  if (!ajv.schemas[id]) {
    ajv.addSchema(typeof schema === 'boolean' ? (schema ? {} : { not: {} }) : schema, id);
  }
}
