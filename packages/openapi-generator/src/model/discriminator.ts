import type { JsonObject } from '@bulkhead/types';
import { badDiscriminator } from '../check/problems.ts';
import { isObject } from '../read/json-pointer.ts';
import type { ContractReader } from './contract-reader.ts';
import { componentOf, type SchemaNames } from './schema-names.ts';

type Source = Readonly<Record<string, unknown>>;

/**
 * The discriminator of a schema with a complete mapping: where the contract does not map an alternative, it is what the
 * alternative itself says of the property (`const`, `enum`), else the name of the schema, as OpenAPI has it.
 *
 * @returns `undefined` if there is none, or none that decides between the alternatives of a `oneOf`
 */
export function convertDiscriminator(
  source: Source,
  reader: ContractReader,
  names: SchemaNames,
): JsonObject | undefined {
  const { discriminator, oneOf } = source;
  if (discriminator === undefined) {
    return undefined;
  }
  const propertyName = isObject(discriminator) ? discriminator['propertyName'] : undefined;
  if (typeof propertyName !== 'string') {
    const hint = "Write 'discriminator: { propertyName: type }'.";
    reader.problems.push(
      badDiscriminator('The discriminator names no property', hint, reader.places.of(source, 'discriminator')),
    );
    return undefined;
  }
  if (!Array.isArray(oneOf)) {
    // On a base schema, or beside `anyOf`, it is a note to people.
    return undefined;
  }
  // What stands beside the alternatives is said of all of them.
  const around = { ...source, oneOf: undefined };
  const declared = Object.entries(((discriminator as Source)['mapping'] as Record<string, string> | undefined) ?? {});
  const mapping: [string, string][] = [];
  for (const alternative of oneOf as unknown[]) {
    const reference =
      isObject(alternative) && typeof alternative['$ref'] === 'string' ? alternative['$ref'] : undefined;
    if (reference === undefined) {
      const hint = 'Move it to components.schemas, and refer to it with $ref.';
      const message = 'An alternative of a oneOf with a discriminator has no name';
      reader.problems.push(badDiscriminator(message, hint, reader.places.of(alternative)));
      continue;
    }
    const values = declared.filter(([, target]) => target === reference).map(([value]) => value);
    const property =
      findProperty(reader.target(reference), propertyName, reader) ?? findProperty(around, propertyName, reader);
    if (property === undefined) {
      const message = `'${componentOf(reference)}' has no property '${propertyName}', by which the discriminator tells it from others`;
      const hint = `Add '${propertyName}: { type: string, const: … }' to its properties, and to its 'required'.`;
      reader.problems.push(badDiscriminator(message, hint, reader.places.of(alternative)));
    }
    for (const value of values.length > 0 ? values : (literalsOf(property) ?? [componentOf(reference)])) {
      mapping.push([value, names.toModel(reference)]);
    }
  }
  return { propertyName, mapping: Object.fromEntries(mapping) };
}

/** What a schema says of a property, itself or through what it consists of. */
function findProperty(schema: unknown, name: string, reader: ContractReader): unknown {
  const parts = new Set<unknown>([schema]);
  // A set goes on to give what is added to it on the way.
  for (const part of parts) {
    if (!isObject(part)) {
      continue;
    }
    const properties = part['properties'];
    if (isObject(properties) && Object.hasOwn(properties, name)) {
      return resolveSchema(properties[name], reader);
    }
    if (typeof part['$ref'] === 'string') {
      parts.add(reader.target(part['$ref']));
    }
    for (const inner of ['allOf', 'oneOf', 'anyOf'].flatMap((key) =>
      Array.isArray(part[key]) ? (part[key] as unknown[]) : [],
    )) {
      parts.add(inner);
    }
  }
  return undefined;
}

function resolveSchema(schema: unknown, reader: ContractReader): unknown {
  return isObject(schema) && typeof schema['$ref'] === 'string' ? (reader.target(schema['$ref']) ?? schema) : schema;
}

function literalsOf(property: unknown): readonly string[] | undefined {
  if (!isObject(property)) {
    return undefined;
  }
  const literals = 'const' in property ? [property['const']] : property['enum'];
  return Array.isArray(literals) && literals.every((each) => typeof each === 'string') ? literals : undefined;
}
