import type { JsonObject } from '@bulkhead/types';

/** What a schema is asked about: what may go in, or what comes out. They differ where a schema has defaults. */
export type SchemaSide = 'input' | 'output';

/** What else is known of a schema that follows Standard JSON Schema (standardschema.dev). */
interface StandardJsonSchema {
  readonly '~standard': { readonly jsonSchema: Readonly<Record<SchemaSide, (options: object) => JsonObject>> };
}

type ConvertedByLibrary = Parameters<(typeof import('zod-to-json-schema'))['zodToJsonSchema']>[0];
type ConvertedByZod = Parameters<(typeof import('zod/v4/core'))['toJSONSchema']>[0];

/**
 * A schema of zod, be it of version 3 or 4 and of any copy, or of another library that knows how, as JSON Schema
 * (draft 7). What does the work is loaded when it is needed.
 *
 * @returns `undefined` for a schema that JSON Schema cannot express
 */
export async function toJsonSchema(schema: unknown, side: SchemaSide): Promise<JsonObject | undefined> {
  try {
    if (isStandardJsonSchema(schema)) {
      return schema['~standard'].jsonSchema[side]({ target: 'draft-07' });
    }
    if (hasMember(schema, '_zod')) {
      const { toJSONSchema } = await import('zod/v4/core');
      return toJSONSchema(schema as ConvertedByZod, { target: 'draft-7', io: side }) as JsonObject;
    }
    if (hasMember(schema, '_def') && hasMember(schema, '_parse')) {
      const { zodToJsonSchema } = await import('zod-to-json-schema');
      return zodToJsonSchema(schema as ConvertedByLibrary) as JsonObject;
    }
  } catch {
    // There are schemas that JSON Schema cannot express, of which transformations are one kind.
  }
  return undefined;
}

function isStandardJsonSchema(schema: unknown): schema is StandardJsonSchema {
  const standard = memberOf(schema, '~standard');
  return typeof memberOf(memberOf(standard, 'jsonSchema'), 'input') === 'function';
}

/** Schemas of some libraries are functions. */
export function memberOf(value: unknown, name: string): unknown {
  const mayHaveMembers = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return mayHaveMembers ? (value as Record<string, unknown>)[name] : undefined;
}

function hasMember(value: unknown, name: string): boolean {
  return memberOf(value, name) !== undefined;
}
