import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '@bulkhead/types';
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
    expect(params.toJsonSchema()).toEqual({ $schema, type: 'object', properties: {}, additionalProperties: false });
  });

  it('is told as JSON Schema, as far as the schema knows', () => {
    const failing = () => {
      throw new Error('a transformation');
    };
    const shown = [
      standardSchema(false, (target) => ({ target })),
      standardSchema(false, failing),
      standardSchema(false),
    ];
    expect(shown.map((schema) => new ParamsSchema('A', schema).toJsonSchema())).toEqual([
      { target: 'draft-07' },
      { $schema, type: 'object' },
      { $schema, type: 'object' },
    ]);
  });
});
