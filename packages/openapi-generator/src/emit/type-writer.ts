import type { Schema } from '../model/contract-model.ts';

/**
 * Whose view a type is.
 *
 * - `request`: what is sent
 * - `parsed`: what of it a handler gets: what has a default is there
 * - `response`: what is answered
 */
export type TypeVariant = 'request' | 'parsed' | 'response';

/** Writes schemas as types, and remembers which named ones were used. */
export interface TypeWriter {
  /** A type for a schema. */
  expression(schema: Schema, variant: TypeVariant): string;
  /** The declarations of all named types that the expressions have used so far, and of those behind them. */
  declarations(): string;
  /** The names of all types that declarations could bring, so that others keep clear of them. */
  readonly names: ReadonlySet<string>;
}
