import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { formats } from '@bulkhead/openapi/validation';
import type { Schema } from '../model/contract-model.ts';
import type { ContractReader } from '../model/contract-reader.ts';
import type { NamedSchemas } from '../model/json-types.ts';
import { badSchema } from './problems.ts';

/** Where the named schemas are for the compiler. */
const NAMED = '/named';

/**
 * Checks that defaults fit the schemas they stand in: a request in which such a value is filled in would be refused,
 * though nothing was wrong with it.
 *
 * @param converted - schemas of the model, by the objects of the contract that they were made of
 */
export function checkDefaults(
  converted: Iterable<readonly [source: object, schema: Schema]>,
  named: NamedSchemas,
  { places, problems }: ContractReader,
): void {
  let ajv: Ajv2020 | undefined;
  for (const [source, schema] of converted) {
    if (typeof schema === 'boolean' || schema.default === undefined) {
      continue;
    }
    ajv ??= createCompiler(named);
    const check = compile(ajv, schema);
    const wrapped = { value: structuredClone(schema.default) };
    if (check && !check(wrapped)) {
      const { instancePath = '', message } = check.errors?.[0] ?? {};
      const place = instancePath.replace('/value', '');
      const what = `The default ${JSON.stringify(schema.default)} does not fit its schema: ${place} ${message}`;
      const hint = 'Correct it, or remove it: it is filled in where a request leaves the value out.';
      problems.push(badSchema(what.replace(/ {2,}/g, ' '), hint, places.of(source, 'default')));
    }
  }
}

function createCompiler(named: NamedSchemas): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, useDefaults: true, logger: false, validateSchema: false });
  for (const [name, format] of Object.entries(formats)) {
    ajv.addFormat(name, format);
  }
  return ajv.addSchema({ components: { schemas: withReferences(Object.fromEntries(named)) } }, NAMED);
}

/** @returns `undefined` for a schema that cannot be compiled, of which other checks have more to say */
function compile(ajv: Ajv2020, schema: Schema): ValidateFunction | undefined {
  try {
    return ajv.compile({ properties: { value: withReferences(schema) } });
  } catch {
    return undefined;
  }
}

/** The same schemas, with references to where the compiler has the named ones. */
function withReferences(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) =>
    key === '$ref' && typeof inner === 'string' && inner.startsWith('#/') ? `${NAMED}${inner}` : inner,
  );
}
