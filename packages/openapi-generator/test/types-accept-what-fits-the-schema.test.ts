import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { isIdentifier, pascalCase, camelCase, UniqueNames } from '../src/model/names.ts';
import { createTypeWriter } from '../src/types/create-type-writer.ts';
import { codeFolder, compile } from './compile.ts';
import { contract, contractOf, modelOf } from './contracts.ts';

/** A schema, and a value that fits it. */
interface Sample {
  readonly schema: unknown;
  readonly value: unknown;
}

const names = fc.oneof(
  fc.constantFrom('id', 'a-b', 'class', 'ünï', 'x y', '1', '*/', '`${x}`'),
  fc.string({ maxLength: 6 }),
);
const literal = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
const describeIt = fc.record({ description: fc.string(), deprecated: fc.boolean() }, { requiredKeys: [] });

const { sample } = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string().map((value) => ({ schema: { type: 'string' }, value })),
    fc.integer().map((value) => ({ schema: { type: ['integer', 'null'] }, value })),
    fc.constant({ schema: { type: 'object' }, value: { any: 1 } }),
    fc.array(literal, { minLength: 1, maxLength: 4 }).map((values) => ({ schema: { enum: values }, value: values[0] })),
    literal.map((value) => ({ schema: { const: value }, value })),
    fc.array(tie('sample'), { maxLength: 3 }).map((items) => ({
      schema: { type: 'array', items: items.length === 0 ? {} : { anyOf: items.map(({ schema }) => schema) } },
      value: items.map(({ value }) => value),
    })),
    fc.array(tie('sample'), { minLength: 1, maxLength: 3 }).map((items) => ({
      schema: { type: 'array', prefixItems: items.map(({ schema }) => schema), minItems: items.length, items: false },
      value: items.map(({ value }) => value),
    })),
    fc
      .tuple(fc.dictionary(names, tie('sample'), { maxKeys: 4 }), describeIt, fc.boolean())
      .map(([members, about, isClosed]) => {
        const entries = Object.entries(members);
        return {
          schema: {
            type: 'object',
            ...about,
            properties: Object.fromEntries(entries.map(([name, { schema }]) => [name, schema])),
            required: entries.filter((_, index) => index % 2 === 0).map(([name]) => name),
            ...(isClosed && entries.length > 0 && { additionalProperties: false }),
          },
          value: Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
        };
      }),
    fc.dictionary(names, tie('sample'), { minKeys: 1, maxKeys: 3 }).map((members) => ({
      schema: { type: 'object', additionalProperties: { oneOf: Object.values(members).map(({ schema }) => schema) } },
      value: Object.fromEntries(Object.entries(members).map(([name, { value }]) => [name, value])),
    })),
    fc.tuple(tie('sample'), tie('sample')).map(([one, other]) => ({
      schema: { oneOf: [one.schema, other.schema] },
      value: other.value,
    })),
    tie('sample').map(({ schema, value }) => ({ schema: { allOf: [schema, {}] }, value })),
  ),
}));

describe('types', () => {
  it('accept every value that fits, and are the same each time', async () => {
    const folder = codeFolder('types');
    const samples = fc.sample(sample, { numRuns: 300, seed: 42 });
    samples.forEach(({ schema, value }, index) => {
      const texts = [1, 2].map(() => {
        const model = modelOf(contractOf({ $ref: '#/components/schemas/Named' }, { Named: schema }));
        const writer = createTypeWriter(model, { input: 'request' });
        const type = writer.expression({ $ref: '#/components/schemas/Named' }, 'request');
        return `${writer.declarations()}\nexport const value: ${type} = ${JSON.stringify(value)};\n`;
      });
      expect(texts[0]).toBe(texts[1]);
      writeFileSync(path.join(folder, `sample-${index}.ts`), texts[0]!);
    });

    expect(await compile(folder)).toBe('');
  });

  it('refuse what does not fit', async () => {
    const folder = codeFolder('wrong-types');
    const schema = {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string' }, tags: { enum: ['a', 'b'] } },
    };
    const writer = createTypeWriter(modelOf(contractOf(schema)), { input: 'request' });
    const values = ['{ id: 1 }', '{}', "{ id: 'a', tags: 'c' }", "{ id: 'a', other: 1 }", "{ id: 'a', tags: 'a' }"];
    const lines = values.map((value, index) => `export const value${index}: Body = ${value};`);
    writeFileSync(
      path.join(folder, 'wrong.ts'),
      `type Body = ${writer.expression(schema, 'request')};\n${lines.join('\n')}`,
    );

    const errors = await compile(folder);

    expect(errors.match(/^wrong\.ts\(\d+/gm)).toEqual(['wrong.ts(5', 'wrong.ts(6', 'wrong.ts(7', 'wrong.ts(8']);
  });
});

describe('models', () => {
  it('are the same each time, and do not depend on the layout of the file', () => {
    fc.assert(
      fc.property(sample, ({ schema }) => {
        const content = contractOf(schema);
        const one = modelOf(content);
        const other = modelOf(JSON.stringify(content));
        expect(other).toEqual(one);
      }),
      { numRuns: 50 },
    );
  });
});

describe('names', () => {
  it('of types are identifiers, and unique regardless of case', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1, unit: 'grapheme' }), { maxLength: 12 }), (wanted) => {
        const schemas = Object.fromEntries(wanted.map((name) => [name, { type: 'object' }]));
        const given = [...modelOf(contract({}, { schemas })).schemas.keys()];
        expect(given.length).toBe(Object.keys(schemas).length);
        expect(given.every(isIdentifier)).toBe(true);
        expect(new Set(given.map((name) => name.toLowerCase())).size).toBe(given.length);
      }),
      { numRuns: 100 },
    );
  });

  it('of operations and plugins are identifiers', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(isIdentifier(pascalCase(text))).toBe(true);
        expect(isIdentifier(camelCase(text))).toBe(true);
        expect(camelCase(camelCase(text))).toBe(camelCase(text));
      }),
    );
    const free = new UniqueNames(['Todo']);
    expect([free.take('todo'), free.take('Todo2'), free.take('Item')]).toEqual(['todo2', 'Todo22', 'Item']);
  });
});
