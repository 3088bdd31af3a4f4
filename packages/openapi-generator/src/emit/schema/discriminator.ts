import type { JsonObject } from '@bulkhead/types';
import type { Schema } from '../../model/contract-model.ts';
import { isObject, refName, schemaListOf } from './schema-ref.ts';

/** A union of which one property says which branch a value belongs to. */
export interface Discriminated {
  readonly property: string;
  readonly branches: readonly { readonly schema: Schema; readonly values: readonly string[] }[];
}

/** The union of a schema with a discriminator, of which the model has completed the mapping. */
export function readDiscriminator({ discriminator, oneOf }: JsonObject): Discriminated | undefined {
  if (!isObject(discriminator) || typeof discriminator.propertyName !== 'string' || !isObject(discriminator.mapping)) {
    return undefined;
  }
  const mapping = Object.entries(discriminator.mapping);
  const branches = schemaListOf(oneOf).map((schema) => {
    const name = refName(schema);
    const values = mapping.filter(([, target]) => typeof target === 'string' && refName({ $ref: target }) === name);
    return { schema, values: values.map(([value]) => value) };
  });
  const isComplete = branches.length > 0 && branches.every(({ values }) => values.length > 0);
  return isComplete ? { property: discriminator.propertyName, branches } : undefined;
}
