import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '@bulkhead/types';
import * as z4 from 'zod';
import { z as z3 } from 'zod/v3';
import { ParamsSchema } from './params-schema.ts';

const $schema = 'http://json-schema.org/draft-07/schema#';
const isOwner = (params: unknown) => (params as { readonly owner?: unknown }).owner === 'ada';

/** As zod and others make them. */
function standardSchema(isAsync: boolean, jsonSchema?: (target: string) => JsonObject) {
  const answer = (value: unknown) => (isOwner(value) ? { value } : { issues: [{ message: 'no' }] });
  return {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value: unknown) => (isAsync ? Promise.resolve(answer(value)) : answer(value)),
      ...(jsonSchema && { jsonSchema: { input: ({ target }: { readonly target: string }) => jsonSchema(target) } }),
    },
  };
}

describe('ParamsSchema', () => {
  it.each<[string, unknown]>([
    ['a Standard Schema', standardSchema(false)],
    ['one that answers later', standardSchema(true)],
    ['one that is a function', Object.assign(() => {}, standardSchema(false))],
    ['a parser of older versions of zod', { safeParse: (value: unknown) => ({ success: isOwner(value) }) }],
  ])('checks parameters by %s', async (_name, schema) => {
    const params = new ParamsSchema('A', schema);
    const accepted = await Promise.all([{ owner: 'ada' }, {}].map((value: JsonValue) => params.accepts(value)));
    expect(accepted).toEqual([true, false]);
  });

  it('accepts everything without a schema, and says that there are no parameters', async () => {
    const params = new ParamsSchema('A', undefined);
    expect(await params.accepts({ a: 1 })).toBe(true);
    expect(await params.toJsonSchema()).toEqual({
      $schema,
      type: 'object',
      properties: {},
      additionalProperties: false,
    });
  });

  it('is told as JSON Schema, as far as the schema knows', async () => {
    const failing = () => {
      throw new Error('a transformation');
    };
    const schemas = [
      standardSchema(false, (target) => ({ target })),
      standardSchema(false, failing),
      standardSchema(false),
    ];
    expect(await Promise.all(schemas.map((schema) => new ParamsSchema('A', schema).toJsonSchema()))).toEqual([
      { target: 'draft-07' },
      { $schema, type: 'object' },
      { $schema, type: 'object' },
    ]);
  });

  it.each<[string, unknown]>([
    ['3', z3.object({ owner: z3.string().describe('Whose') })],
    ['4', z4.object({ owner: z4.string().describe('Whose') })],
    ['4 without Standard JSON Schema', withoutStandard(z4.object({ owner: z4.string().describe('Whose') }))],
  ])('is told as JSON Schema by zod %s', async (_version, schema) => {
    expect(await new ParamsSchema('A', schema).toJsonSchema()).toMatchObject({
      $schema,
      type: 'object',
      properties: { owner: { type: 'string', description: 'Whose' } },
      required: ['owner'],
    });
  });

  it('is any object where zod has no words for it', async () => {
    const schema = z4.object({ since: z4.date() });
    expect(await new ParamsSchema('A', schema).toJsonSchema()).toEqual({ $schema, type: 'object' });
  });
});

/** As older releases of version 4 made them. */
function withoutStandard(schema: z4.ZodType): unknown {
  return Object.create(schema, { '~standard': { value: { validate: schema['~standard'].validate } } });
}
