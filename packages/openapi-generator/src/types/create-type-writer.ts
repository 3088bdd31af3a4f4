import { refName } from '../emit/schema/schema-ref.ts';
import { docComment } from '../emit/source-text.ts';
import type { TypeVariant, TypeWriter } from '../emit/type-writer.ts';
import type { ContractModel, Schema } from '../model/contract-model.ts';
import { schemaType } from './schema-type.ts';
import { nameTypes, type VariantNames } from './type-names.ts';
import type { TypeScope } from './type-scope.ts';
import type { TypeText } from './type-text.ts';

/** How types are written. */
export interface TypeWriterOptions {
  /** How requests are looked at: as they are sent, or as they are when a handler gets them. */
  readonly input: 'request' | 'parsed';
}

/** Writes the types of a contract. The same contract gives the same text. */
export function createTypeWriter(model: ContractModel, { input }: TypeWriterOptions): TypeWriter {
  return new SchemaTypeWriter(model, input);
}

/** A type that has been asked for. */
interface UsedType {
  readonly schemaName: string;
  readonly variant: TypeVariant;
}

class SchemaTypeWriter implements TypeWriter {
  readonly names: ReadonlySet<string>;
  readonly #model: ContractModel;
  readonly #typeNames: ReadonlyMap<string, VariantNames>;
  readonly #used = new Map<string, UsedType>();

  constructor(model: ContractModel, input: TypeVariant) {
    this.#model = model;
    this.#typeNames = nameTypes(model, input);
    this.names = new Set([...this.#typeNames.values()].flatMap((names) => [names.input, names.output]));
  }

  expression(schema: Schema, variant: TypeVariant): string {
    return this.#write(schema, variant).text;
  }

  declarations(): string {
    const texts = new Map<string, string>();
    // Writing one may ask for others.
    for (const [typeName, { schemaName, variant }] of this.#used) {
      texts.set(typeName, this.#declare(typeName, this.#model.schemas.get(schemaName) ?? true, variant));
    }
    const ordered = [...this.#typeNames.values()].flatMap(({ input, output }) => [...new Set([output, input])]);
    return ordered.flatMap((name) => texts.get(name) ?? []).join('\n');
  }

  #declare(name: string, schema: Schema, variant: TypeVariant): string {
    const { text } = this.#write(schema, variant);
    const about = typeof schema === 'boolean' ? {} : schema;
    const [description, title] = [about.description, about.title].map((each) =>
      typeof each === 'string' ? each : undefined,
    );
    const comment = docComment({ description: description ?? title, deprecated: about.deprecated === true });
    const isInterface = text.startsWith('{\n') && refName(schema) === undefined && findEnd(text) === text.length - 1;
    return isInterface ? `${comment}export interface ${name} ${text}\n` : `${comment}export type ${name} = ${text};\n`;
  }

  #write(schema: Schema, variant: TypeVariant): TypeText {
    const scope: TypeScope = {
      variant,
      direction: variant === 'response' ? 'response' : 'request',
      named: this.#model.schemas,
      hidden: new Set(),
      write: (inner) => schemaType(inner, scope),
      refer: (name) => this.#refer(name, variant),
    };
    return schemaType(schema, scope);
  }

  #refer(schemaName: string, variant: TypeVariant): string {
    const names = this.#typeNames.get(schemaName);
    if (!names) {
      return 'unknown';
    }
    const typeName = variant === 'response' ? names.output : names.input;
    if (!this.#used.has(typeName)) {
      this.#used.set(typeName, { schemaName, variant });
    }
    return typeName;
  }
}

/** Where the brace is closed that a text begins with. */
function findEnd(text: string): number {
  return text.indexOf('\n}') + 1;
}
