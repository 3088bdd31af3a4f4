import { describe, expect, it } from '@jest/globals';
import { formats, type Validator } from '@bulkhead/openapi/validation';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { loadModule } from '../../../test/load-module.ts';
import type { Schema } from '../../model/contract-model.ts';
import type { Direction } from '../schema/direction.ts';
import { emitValidators } from './validators-module.ts';

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

function compile(schema: Schema, named: Record<string, Schema> = {}, direction: Direction = 'request'): Validator {
  const text = emitValidators([{ exportName: 'check', schema, direction }], new Map(Object.entries(named)));
  return loadModule(text)['check'] as unknown as Validator;
}

describe('names that all objects have', () => {
  const schema: Schema = {
    type: 'object',
    properties: { toString: { type: 'integer' }, valueOf: { type: 'string' } },
    required: ['constructor'],
    dependentRequired: { hasOwnProperty: ['a'] },
  };

  it.each([
    [{}, false],
    [{ constructor: 1 }, true],
    [{ constructor: 1, toString: 'one' }, false],
    [{ constructor: 1, toString: 1, valueOf: 'one' }, true],
    [{ constructor: 1, hasOwnProperty: 1 }, false],
  ])('are not there unless they are the own of %j', (value, isValid) => {
    expect(compile(schema)(value)).toBe(isValid);
  });
});

describe('the module', () => {
  it('stands on the runtime alone', () => {
    const schema: Schema = {
      type: 'object',
      properties: {
        a: { type: 'string', minLength: 2, format: 'uuid', enum: ['x'] },
        b: { const: { c: 1 } },
        d: { uniqueItems: true },
      },
    };
    const text = emitValidators([{ exportName: 'check', schema, direction: 'request' }], new Map());
    expect(text).not.toMatch(/\brequire\b/);
    expect(text.match(/^import .*$/gm)).toEqual([
      "import { deepEqual, firstDuplicate, formats, ucs2length, type Validator } from '@bulkhead/openapi/validation';",
    ]);
  });

  it('has a schema once, whatever number of names lead to it', () => {
    const named = new Map([['Item', { type: 'object', properties: { name: { type: 'string' } } }]]);
    const text = emitValidators(
      [
        { exportName: 'requestItem', schema: ref('Item'), direction: 'request' },
        { exportName: 'items', schema: { type: 'array', items: ref('Item') }, direction: 'request' },
        { exportName: 'responseItem', schema: ref('Item'), direction: 'response' },
      ],
      named,
    );
    expect(text.match(/^function /gm)).toHaveLength(2);
    const { requestItem, responseItem, items } = loadModule(text) as unknown as Record<string, Validator>;
    expect(requestItem).toBe(responseItem);
    expect(items!([{ name: 'a' }, { name: 1 }])).toBe(false);
    expect(items!.errors).toEqual([expect.objectContaining({ instancePath: '/1/name', keyword: 'type' })]);
  });
});

describe('validators', () => {
  const leaf: fc.Arbitrary<Schema> = fc.oneof(
    fc.boolean(),
    fc.constantFrom<Schema>(
      { type: 'string' },
      { type: ['integer', 'null'] },
      { type: 'string', minLength: 2, maxLength: 4 },
      { type: 'string', pattern: '^[a-c]+$' },
      { type: 'string', format: 'date' },
      { type: 'integer', format: 'int32' },
      { type: 'number', minimum: 0, exclusiveMaximum: 3 },
      { enum: ['a', 1, null, { a: 1 }] },
      { const: [1] },
      { type: 'boolean' },
      ref('Tree'),
    ),
  );
  const { schema: anySchema } = fc.letrec<{ schema: Schema }>((tie) => {
    const inner = tie('schema');
    const properties = fc.dictionary(fc.constantFrom('a', 'b', 'c'), inner, { maxKeys: 3 });
    return {
      schema: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        leaf,
        fc.record({
          type: fc.constant('object'),
          properties,
          required: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
          additionalProperties: inner,
        }) as fc.Arbitrary<Schema>,
        fc.record({ type: fc.constant('array'), items: inner, uniqueItems: fc.boolean() }) as fc.Arbitrary<Schema>,
        fc.record({ allOf: fc.array(inner, { minLength: 1, maxLength: 2 }) }) as fc.Arbitrary<Schema>,
        fc.record({ anyOf: fc.array(inner, { minLength: 1, maxLength: 2 }) }) as fc.Arbitrary<Schema>,
        fc.record({ oneOf: fc.array(inner, { minLength: 1, maxLength: 2 }) }) as fc.Arbitrary<Schema>,
        fc.record({ not: inner }) as fc.Arbitrary<Schema>,
        fc.record({ properties, unevaluatedProperties: fc.constant(false) }) as fc.Arbitrary<Schema>,
        fc.record({
          propertyNames: inner,
          patternProperties: fc.constant({ '^[ab]$': { type: 'integer' } }),
        }) as fc.Arbitrary<Schema>,
      ),
    };
  });
  const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(
        'a',
        'ab',
        'abcde',
        '😀',
        '😀a',
        '😀😀a😀',
        '😀😀😀a😀',
        '2026-01-01',
        '',
        1,
        0,
        2.5,
        -1,
        2 ** 31,
        null,
        true,
      ),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c', 'label', 'children'), tie('value'), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
    ),
  }));
  const named: Record<string, Schema> = {
    Tree: {
      type: 'object',
      required: ['label'],
      properties: { label: { type: 'string' }, children: { type: 'array', items: ref('Tree') } },
    },
  };

  it('find valid what JSON Schema finds valid', () => {
    const ajv = new Ajv2020({ strict: false, logger: false, multipleOfPrecision: 9, validateSchema: false });
    Object.entries(formats).forEach(([name, format]) => ajv.addFormat(name, format));
    ajv.addSchema({ components: { schemas: named } }, 'contract');
    const expected = (schema: Schema): ((value: unknown) => boolean) => {
      const text = JSON.stringify(schema).replaceAll('"#/components', '"contract#/components');
      return ajv.compile(JSON.parse(text) as Exclude<Schema, boolean>) as (value: unknown) => boolean;
    };
    fc.assert(
      fc.property(anySchema, fc.array(anyValue, { minLength: 3, maxLength: 10 }), (schema, values) => {
        const check = compile(schema, named);
        const reference = expected(schema);
        for (const value of values) {
          expect([value, check(value)]).toEqual([value, reference(value)]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['items', Array.from({ length: 300_000 }, () => 1)],
    ['named items', { named: Array.from({ length: 300_000 }, () => 1) }],
    ['properties', { other: Object.fromEntries(Array.from({ length: 300_000 }, (_, index) => [`p${index}`, 1])) }],
  ])('give up on %s when enough is wrong', (_, value) => {
    const check = compile(
      {
        type: ['array', 'object'],
        items: { type: 'string' },
        properties: {
          named: { type: 'array', items: ref('Named') },
          other: { type: 'object', additionalProperties: ref('Named') },
        },
      },
      // Not small enough to be copied to where it is used.
      { Named: { type: 'object', required: ['a'], properties: { a: true }, minProperties: 1, maxProperties: 3 } },
    );
    expect(check(value)).toBe(false);
    expect(check.errors!.length).toBeGreaterThanOrEqual(100);
    expect(check.errors!.length).toBeLessThan(300);
  });

  it('do not find valid in a union what one branch has given up on', () => {
    const wrong = Array.from({ length: 200 }, () => 1);
    const strings: Schema = { type: 'array', items: { type: 'string' } };
    const check = compile({ anyOf: [strings, { type: 'array', items: { not: strings } }, { type: 'null' }] });
    expect(check(wrong)).toBe(true);
    expect(compile({ anyOf: [strings, { type: 'null' }] })(wrong)).toBe(false);
    expect(compile({ type: 'object', properties: { a: strings, b: { not: strings } } })({ a: wrong, b: wrong })).toBe(
      false,
    );
  });
});

describe('defaults', () => {
  const schema: Schema = { type: 'object', properties: { a: { type: 'integer', default: 1 }, b: ref('B') } };
  const named: Record<string, Schema> = { B: { type: 'string', default: 'b' } };

  it('are filled into requests, also those of named schemas', () => {
    const value = {};
    expect(compile(schema, named)(value)).toBe(true);
    expect(value).toEqual({ a: 1, b: 'b' });
  });

  it.each(['anyOf', 'oneOf'])('are filled in by the alternative of %s that fits, and by no other', (keyword) => {
    // Closed, so that it would not fit any more if the attempt to fit the other one had left something behind.
    const closed = { type: 'object', additionalProperties: false, required: ['kind'] };
    const union: Schema = {
      [keyword]: [ref('Cat'), ref('Dog'), { type: 'object', properties: { c: { default: 3 } } }],
    };
    const alternatives: Record<string, Schema> = {
      Cat: { ...closed, properties: { kind: { const: 'cat' }, lives: { type: 'integer', default: 9 } } },
      Dog: { ...closed, properties: { kind: { const: 'dog' }, name: { type: 'string', default: 'Rex' } } },
    };
    const check = compile({ type: 'object', properties: { pet: union } }, alternatives);
    const filled = (pet: object): unknown => [check({ pet }), pet];
    if (keyword === 'anyOf') {
      expect(filled({ kind: 'cat' })).toEqual([true, { kind: 'cat', lives: 9, c: 3 }]);
    }
    expect(filled({ kind: 'cow' })).toEqual([true, { kind: 'cow', c: 3 }]);
    const strict = compile({ [keyword]: [ref('Cat'), ref('Dog')] }, alternatives);
    const dog = { kind: 'dog' };
    expect(strict(dog)).toBe(true);
    expect(dog).toEqual({ kind: 'dog', name: 'Rex' });
    expect(strict({ kind: 'dog', lives: 1 })).toBe(false);
  });

  it('are not filled in by what must not fit', () => {
    const value = {};
    const inner: Schema = { type: 'object', required: ['x'], properties: { a: { default: 1 } } };
    expect(compile({ not: ref('Inner'), if: inner }, { Inner: inner })(value)).toBe(true);
    expect(value).toEqual({});
  });

  it('are not filled into responses', () => {
    const value = {};
    expect(compile(schema, named, 'response')(value)).toBe(true);
    expect(value).toEqual({});
  });
});

describe('properties of one direction', () => {
  const base: Schema = {
    type: 'object',
    required: ['id', 'name'],
    properties: { id: { type: 'integer', readOnly: true }, name: true },
  };

  it('are not required in the other one, wherever it says so', () => {
    expect(compile(base)({ name: 1 })).toBe(true);
    expect(compile(base, {}, 'response')({ name: 1 })).toBe(false);
    expect(compile({ allOf: [ref('Base'), { required: ['id', 'name'] }] }, { Base: base })({ name: 1 })).toBe(true);
    const flagged: Record<string, Schema> = { Id: { type: 'integer', readOnly: true } };
    const referring: Schema = { type: 'object', required: ['id'], properties: { id: ref('Id') } };
    expect(compile(referring, flagged)({})).toBe(true);
    expect(compile(referring, flagged, 'response')({})).toBe(false);
  });
});

describe('unions with a discriminator', () => {
  const named: Record<string, Schema> = {
    Cat: { type: 'object', properties: { kind: { type: 'string' }, lives: { type: 'integer', default: 9 } } },
    Dog: { type: 'object', required: ['kind', 'name'], properties: { kind: { type: 'string' } } },
  };
  const schema: Schema = {
    oneOf: [ref('Cat'), ref('Dog')],
    discriminator: {
      propertyName: 'kind',
      mapping: { Cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog', hound: '#/components/schemas/Dog' },
    },
  };

  it('complain about the branch that is meant only', () => {
    const check = compile(schema, named);
    expect(check({ kind: 'hound' })).toBe(false);
    expect(check.errors).toEqual([
      expect.objectContaining({ keyword: 'required', params: { missingProperty: 'name' } }),
    ]);
    const cat = { kind: 'Cat' };
    expect(check(cat)).toBe(true);
    expect(cat).toEqual({ kind: 'Cat', lives: 9 });
  });

  it.each([{}, { kind: 'cow' }, { kind: 1 }, 42, null, [], 'Cat'])('refuse %j', (value) => {
    expect(compile(schema, named)(value)).toBe(false);
  });

  it('say what would be allowed', () => {
    const check = compile(schema, named);
    check({ kind: 'cow' });
    expect(check.errors).toEqual([
      expect.objectContaining({
        keyword: 'branches',
        params: { property: 'kind', value: 'cow', allowedValues: ['Cat', 'dog', 'hound'] },
      }),
    ]);
  });
});
