import type { Schema } from '../../model/contract-model.ts';
import type { Imports } from '../imports.ts';
import type { NamedSchemas } from '../schema/schema-ref.ts';
import type { TypeVariant, TypeWriter } from '../type-writer.ts';

/** Who reads a module of types: who serves the contract, or who calls it. */
export type Side = 'server' | 'client';

/** What the types of operations are written with. */
export interface TypeContext {
  readonly side: Side;
  readonly types: TypeWriter;
  readonly named: NamedSchemas;
  readonly imports: Imports;
}

/** How the types of a request look at its schemas. */
export function requestVariant({ side }: TypeContext): TypeVariant {
  return side === 'server' ? 'parsed' : 'request';
}

/** The type of a schema; of anything, where the contract says nothing. */
export function typeOf(schema: Schema | undefined, variant: TypeVariant, { types }: TypeContext): string {
  return schema === undefined ? 'unknown' : types.expression(schema, variant);
}
