import type { Direction } from '../emit/schema/direction.ts';
import type { NamedSchemas } from '../emit/schema/schema-ref.ts';
import type { TypeVariant } from '../emit/type-writer.ts';
import type { Schema } from '../model/contract-model.ts';
import type { TypeText } from './type-text.ts';

/** What the type of one schema is written with. */
export interface TypeScope {
  readonly variant: TypeVariant;
  readonly direction: Direction;
  readonly named: NamedSchemas;
  /** The properties of the value that the direction hides, wherever its schema declares them. */
  readonly hidden: ReadonlySet<string>;
  /** The type of a value inside of the value. */
  write(schema: Schema): TypeText;
  /** The name of the type of a named schema. */
  refer(name: string): string;
}
