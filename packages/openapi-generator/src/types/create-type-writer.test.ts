import { describe, expect, it } from '@jest/globals';
import type { TypeVariant } from '../emit/type-writer.ts';
import type { ContractModel, Schema } from '../model/contract-model.ts';
import { contractOf, modelOf } from '../../test/contracts.ts';
import { createTypeWriter } from './create-type-writer.ts';

function modelWith(schemas: Record<string, Schema>): ContractModel {
  return modelOf(contractOf({ $ref: `#/components/schemas/${Object.keys(schemas)[0]}` }, schemas));
}

function typeOf(schema: Schema, schemas: Record<string, Schema> = {}): string {
  const writer = createTypeWriter(modelOf(contractOf(schema, schemas)), { input: 'request' });
  return writer.expression(schema, 'response').replaceAll(/\s+/g, ' ');
}

function declarationsOf(
  schemas: Record<string, Schema>,
  input: 'request' | 'parsed',
  ...variants: TypeVariant[]
): string {
  const writer = createTypeWriter(modelWith(schemas), { input });
  const schema = { $ref: `#/components/schemas/${Object.keys(schemas)[0]}` };
  variants.forEach((variant) => writer.expression(schema, variant));
  return writer.declarations();
}

describe('an expression', () => {
  it.each<[Schema, string]>([
    [true, 'unknown'],
    [false, 'never'],
    [{ type: 'integer' }, 'number'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ const: 'a' }, '"a"'],
    [{ enum: ['a', 1, null, true] }, '"a" | 1 | null | true'],
    [{ type: 'array', items: { type: ['string', 'null'] } }, 'readonly (string | null)[]'],
    [{ type: 'array', items: { type: 'array' } }, 'readonly (readonly unknown[])[]'],
    [
      { type: 'array', prefixItems: [{ type: 'string' }, { enum: [1, 2] }], minItems: 1, items: false },
      'readonly [string, (1 | 2)?]',
    ],
    [
      { type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'number' } },
      'readonly [string?, ...number[]]',
    ],
    [{ type: 'object' }, '{ readonly [key: string]: unknown; }'],
    [{ type: 'object', additionalProperties: false }, '{ readonly [key: string]: never; }'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, '{ readonly [key: string]: number; }'],
    [
      { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: { type: 'number' } },
      '{ readonly a?: string; readonly [key: string]: number | string | undefined; }',
    ],
    [
      {
        type: 'object',
        required: ['x-y', 'z'],
        properties: { 'x-y': {} },
        patternProperties: { '^n': { type: 'number' } },
      },
      '{ readonly "x-y": unknown; readonly z: number; readonly [key: string]: unknown; }',
    ],
    [{ properties: { a: { type: 'null' } }, required: ['a'] }, '{ readonly a: null; }'],
    [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, 'string | number'],
    [
      { allOf: [{ properties: { a: {} } }, { oneOf: [{ required: ['a'] }, { required: ['b'] }] }] },
      '{ readonly a?: unknown; } & ({ readonly a: unknown; } | { readonly b: unknown; })',
    ],
    [
      { type: 'object', not: { required: ['a'] }, if: {}, then: { required: ['b'] } },
      '{ readonly [key: string]: unknown; }',
    ],
  ])('%j is %s', (schema, type) => {
    expect(typeOf(schema)).toBe(type);
  });

  it('tells alternatives apart by the discriminator, also where they do not do so themselves', () => {
    const schemas = {
      Cat: { type: 'object', required: ['kind'], properties: { kind: { const: 'Cat' } } },
      Dog: { type: 'object', required: ['kind'], properties: { kind: { type: 'string' } } },
      Pet: {
        oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
        discriminator: { propertyName: 'kind' },
      },
    };
    expect(declarationsOf({ Pet: schemas.Pet, Cat: schemas.Cat, Dog: schemas.Dog }, 'request', 'response')).toContain(
      'export type Pet = Cat | (Dog & { readonly kind: "Dog" });',
    );
  });
});

describe('declarations', () => {
  const todo: Record<string, Schema> = {
    Todo: {
      type: 'object',
      description: 'What is to be done.',
      required: ['id', 'title'],
      properties: {
        id: { type: 'string', readOnly: true },
        title: { type: 'string', description: 'In */ a few words.' },
        secret: { type: 'string', writeOnly: true },
        done: { type: 'boolean', default: false, deprecated: true },
        parent: { $ref: '#/components/schemas/Todo' },
      },
    },
  };

  it('are different in requests and in responses where the schema is', () => {
    expect(declarationsOf(todo, 'request', 'request', 'response')).toBe(`/** What is to be done. */
export interface Todo {
  readonly id: string;
  /** In *\\/ a few words. */
  readonly title: string;
  /** @deprecated by its contract */
  readonly done?: boolean;
  readonly parent?: Todo;
}

/** What is to be done. */
export interface TodoInput {
  /** In *\\/ a few words. */
  readonly title: string;
  readonly secret?: string;
  /**
   * Default: \`false\`.
   *
   * @deprecated by its contract
   */
  readonly done?: boolean;
  readonly parent?: TodoInput;
}
`);
  });

  it('say that what has a default is there, to those who get it parsed', () => {
    const text = declarationsOf(todo, 'parsed', 'parsed');
    expect(text).toContain('export interface TodoInput {');
    expect(text).toContain('readonly done: boolean;');
    expect(text).not.toContain('export interface Todo {');
  });

  it('are the same where the schema is, and hold only what is used', () => {
    const schemas: Record<string, Schema> = {
      Page: { type: 'object', properties: { items: { type: 'array', items: { $ref: '#/components/schemas/Item' } } } },
      Item: { type: 'object', properties: { title: { type: 'string' } } },
      Other: { type: 'string' },
    };
    const text = declarationsOf(schemas, 'request', 'request', 'response');
    expect(text.match(/export \w+ \w+/g)).toEqual(['export interface Page', 'export interface Item']);
  });

  it('keep clear of names that the contract has', () => {
    const writer = createTypeWriter(modelWith({ ...todo, TodoInput: { type: 'string' } }), { input: 'request' });
    expect([...writer.names]).toEqual(['TodoInput2', 'Todo', 'TodoInput']);
  });

  it('leave out what is read only also where allOf or a reference says so', () => {
    const schemas: Record<string, Schema> = {
      Todo: {
        allOf: [{ $ref: '#/components/schemas/Base' }, { type: 'object', properties: { title: { type: 'string' } } }],
        required: ['id'],
      },
      Base: { type: 'object', properties: { id: { $ref: '#/components/schemas/Id' } } },
      Id: { type: 'string', readOnly: true },
    };
    const text = declarationsOf(schemas, 'request', 'request', 'response').replaceAll(/\s+/g, ' ');
    expect(text).toContain('export type Todo = Base & { readonly title?: string; } & { readonly id: unknown; };');
    expect(text).toContain('export type TodoInput = BaseInput & { readonly title?: string; };');
    expect(text).toContain('export interface Base { readonly id?: Id; }');
  });
});
