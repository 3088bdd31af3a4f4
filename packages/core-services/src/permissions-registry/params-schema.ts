import type { JsonObject, JsonValue } from '@bulkhead/types';
import { memberOf, toJsonSchema } from '../json-schema/to-json-schema.ts';
import { unusableRule } from './errors.ts';

/** The part of Standard Schema (standardschema.dev) that is used here; zod, valibot, arktype and others have it. */
interface StandardSchema {
  readonly '~standard': {
    validate(value: unknown): StandardResult | Promise<StandardResult>;
  };
}

interface StandardResult {
  readonly issues?: readonly unknown[];
}

/** Older versions of zod. */
interface SafeParser {
  safeParse(value: unknown): { readonly success: boolean };
}

const DIALECT = 'http://json-schema.org/draft-07/schema#';

/** What a rule says about its parameters. */
export class ParamsSchema {
  readonly #schema: StandardSchema | SafeParser | undefined;

  /** @throws BulkheadError `ERR_PERMISSIONS_REGISTRY_RULE` for a schema that could not check anything */
  constructor(rule: string, schema: unknown) {
    if (schema !== undefined && !isStandardSchema(schema) && !isSafeParser(schema)) {
      throw unusableRule(
        rule,
        'has a paramsSchema that cannot check parameters',
        'Use a schema of zod, or of another library that follows Standard Schema; a JSON Schema checks nothing by itself.',
      );
    }
    this.#schema = schema;
  }

  /** Whether parameters fit. Without a schema, all do. */
  async accepts(params: JsonValue): Promise<boolean> {
    const schema = this.#schema;
    if (schema === undefined) return true;
    if (!isStandardSchema(schema)) return schema.safeParse(params).success;
    return (await schema['~standard'].validate(params)).issues === undefined;
  }

  /** The same as JSON Schema, as far as the schema knows; else any object. Without a schema, no parameters. */
  async toJsonSchema(): Promise<JsonObject> {
    const schema = this.#schema;
    if (schema === undefined) return { $schema: DIALECT, type: 'object', properties: {}, additionalProperties: false };
    return (await toJsonSchema(schema, 'input')) ?? { $schema: DIALECT, type: 'object' };
  }
}

function isStandardSchema(schema: unknown): schema is StandardSchema {
  return typeof memberOf(memberOf(schema, '~standard'), 'validate') === 'function';
}

function isSafeParser(schema: unknown): schema is SafeParser {
  return typeof memberOf(schema, 'safeParse') === 'function';
}
