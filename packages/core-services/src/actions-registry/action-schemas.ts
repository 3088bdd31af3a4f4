import type { JsonObject } from '@bulkhead/types';
import type { z } from 'zod/v3';
import { toJsonSchema } from '../json-schema/to-json-schema.ts';

type Zod = typeof z;

/** What is used of a schema. */
interface Parser {
  safeParse(value: unknown): ParseResult;
}

/** What a schema makes of a value. */
export type ParseResult =
  { readonly success: true; readonly data: unknown } | { readonly success: false; readonly error: SchemaError };

/** As zod says what is wrong. */
export type SchemaError = Error & {
  readonly issues?: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
};

/** The makers of an action's schemas. Published plugins may leave some out. */
export interface SchemaMakers {
  readonly input?: (zod: Zod) => Parser;
  readonly output?: (zod: Zod) => Parser;
  readonly secrets?: (zod: Zod) => Parser;
}

/** The schemas of an action as JSON Schema. */
export interface JsonSchemas {
  readonly input: JsonObject;
  readonly output: JsonObject;
  readonly secrets?: JsonObject;
}

/** What can be checked. */
export type SchemaName = keyof SchemaMakers;

const ANY_OBJECT: JsonObject = { $schema: 'http://json-schema.org/draft-07/schema#', type: 'object' };
const EMPTY_OBJECT: JsonObject = { ...ANY_OBJECT, properties: {}, additionalProperties: false };

/** The schemas of one action. They are made, and zod is loaded, when somebody wants to see or to invoke it. */
export class ActionSchemas {
  readonly #makers: SchemaMakers;
  readonly #parsers = new Map<SchemaName, Promise<Parser>>();
  #described: Promise<JsonSchemas> | undefined;

  constructor(makers: SchemaMakers | undefined) {
    this.#makers = makers ?? {};
  }

  /** Whether there is such a schema. */
  has(name: SchemaName): boolean {
    return this.#makers[name] !== undefined;
  }

  /** Checks a value, and gives it the form that its schema says. `undefined` where there is no schema. */
  async parse(name: SchemaName, value: unknown): Promise<ParseResult | undefined> {
    return (await this.#parserOf(name))?.safeParse(value);
  }

  /** All schemas as JSON Schema. */
  describe(): Promise<JsonSchemas> {
    this.#described ??= this.#describe();
    return this.#described;
  }

  async #describe(): Promise<JsonSchemas> {
    const [input, output, secrets] = await Promise.all(
      (['input', 'output', 'secrets'] as const).map((name) => this.#describeOne(name)),
    );
    return { input: input ?? EMPTY_OBJECT, output: output ?? EMPTY_OBJECT, ...(secrets && { secrets }) };
  }

  async #describeOne(name: SchemaName): Promise<JsonObject | undefined> {
    const parser = await this.#parserOf(name);
    return parser && ((await toJsonSchema(parser, name === 'output' ? 'output' : 'input')) ?? ANY_OBJECT);
  }

  #parserOf(name: SchemaName): Promise<Parser> | undefined {
    const make = this.#makers[name];
    let parser = this.#parsers.get(name);
    if (make && !parser) {
      // Those of published plugins know version 3 only.
      parser = import('zod/v3').then(({ z }) => make(z));
      this.#parsers.set(name, parser);
    }
    return parser;
  }
}
