import type { JsonObject } from '@bulkhead/types';
import type { Schema } from '../../model/contract-model.ts';
import { isObject, refName, resolveRef, schemaListOf, schemasOf, textsOf, type NamedSchemas } from './schema-ref.ts';

/** A union of which one property says which branch a value belongs to. */
export interface Discriminated {
  readonly property: string;
  readonly branches: readonly { readonly schema: Schema; readonly values: readonly string[] }[];
}

/**
 * Reads a union with a discriminator.
 *
 * The values of a branch are those that `mapping` leads to it, else those that its property allows (`const`, `enum`), else
 * the name of its schema, as OpenAPI has it.
 *
 * @returns nothing if there is no discriminator, or if it leaves open where a value belongs
 */
export function readDiscriminator(schema: JsonObject, named: NamedSchemas): Discriminated | undefined {
  const { discriminator } = schema;
  const union = schemaListOf(schema.oneOf ?? schema.anyOf);
  if (!isObject(discriminator) || typeof discriminator.propertyName !== 'string' || union.length === 0) {
    return undefined;
  }
  const property = discriminator.propertyName;
  const mapping = Object.entries(isObject(discriminator.mapping) ? discriminator.mapping : {});
  const branches = union.map((branch) => {
    const name = refName(branch);
    const mapped = mapping.filter(([, target]) => isTarget(target, name)).map(([value]) => value);
    const values = mapped.length > 0 ? mapped : (allowedValues(branch, property, named) ?? (name ? [name] : []));
    return { schema: branch, values };
  });
  const values = branches.flatMap((branch) => branch.values);
  const isClear = new Set(values).size === values.length && branches.every((branch) => branch.values.length > 0);
  return isClear ? { property, branches } : undefined;
}

function isTarget(target: unknown, name: string | undefined): boolean {
  return typeof target === 'string' && name !== undefined && (target === name || refName({ $ref: target }) === name);
}

function allowedValues(branch: Schema, property: string, named: NamedSchemas): readonly string[] | undefined {
  const resolved = resolveRef(branch, named);
  if (typeof resolved === 'boolean') {
    return undefined;
  }
  const declared = schemasOf(resolved.properties).find(([name]) => name === property)?.[1];
  const values = declared === undefined ? true : resolveRef(declared, named);
  if (typeof values === 'boolean') {
    return firstOf(schemaListOf(resolved.allOf), (part) => allowedValues(part, property, named));
  }
  if (typeof values.const === 'string') {
    return [values.const];
  }
  const texts = textsOf(values.enum);
  return texts.length > 0 ? texts : undefined;
}

function firstOf<TItem, TFound>(
  items: readonly TItem[],
  find: (item: TItem) => TFound | undefined,
): TFound | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
