import type { ContractReader } from './contract-reader.ts';
import type { NamedSchemas } from './json-types.ts';
import type { SchemaConverter } from './schema-converter.ts';

/** What it takes to turn parts of a contract into parts of the model. */
export interface ModelContext {
  readonly reader: ContractReader;
  readonly schemas: SchemaConverter;
  /** The named schemas, converted. */
  readonly named: NamedSchemas;
}

/** An object of the contract. */
export type Source = Readonly<Record<string, unknown>>;
