import { expect, it } from '@jest/globals';
import type { Prepare } from '@bulkhead/openapi/validation';
import fc from 'fast-check';
import { loadModule } from '../../../test/load-module.ts';
import type { Schema } from '../../model/contract-model.ts';
import type { Direction } from '../schema/direction.ts';
import { BodyPreparations } from './bodies-module.ts';

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

function prepare(
  schema: Schema,
  named: Record<string, Schema> = {},
  direction: Direction = 'response',
): Prepare | undefined {
  const bodies = new BodyPreparations(new Map(Object.entries(named)));
  const name = bodies.use('body', schema, direction);
  if (name === undefined) {
    expect(bodies.isEmpty).toBe(true);
    return undefined;
  }
  return loadModule(untyped(bodies.toText()))[name];
}

/** What is emitted is formatted before it is written, and written as TypeScript. */
function untyped(text: string): string {
  return text.replaceAll(/: Prepare = /g, ' = ');
}

const User: Schema = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    password: { type: 'string', writeOnly: true },
    createdAt: { type: 'string', readOnly: true },
    friends: { type: 'array', items: ref('User') },
  },
};

it('needs nothing where nothing is hidden', () => {
  expect(prepare({ type: 'object', properties: { name: { type: 'string' } } })).toBeUndefined();
  expect(
    prepare({ type: 'object', properties: { name: { type: 'string', writeOnly: true } } }, {}, 'request'),
  ).toBeUndefined();
});

it('goes as deep as the schema leads, in each direction', () => {
  const user = { name: 'a', password: 'p', createdAt: 't', friends: [{ name: 'b', password: 'p', createdAt: 't' }] };
  expect(prepare(ref('User'), { User })!(user)).toEqual({
    name: 'a',
    createdAt: 't',
    friends: [{ name: 'b', createdAt: 't' }],
  });
  expect(prepare(ref('User'), { User }, 'request')!(user)).toEqual({
    name: 'a',
    password: 'p',
    friends: [{ name: 'b', password: 'p' }],
  });
});

it.each<[string, Schema, unknown, unknown]>([
  ['items', { type: 'array', items: ref('User') }, [{ password: 1 }], [{}]],
  ['leading items', { prefixItems: [ref('User')] }, [{ password: 1 }], [{}]],
  ['maps', { additionalProperties: ref('User') }, { a: { password: 1 } }, { a: {} }],
  ['patterns', { patternProperties: { '^a': ref('User') } }, { a: { password: 1 } }, { a: {} }],
  [
    'all of several',
    { allOf: [ref('User'), { properties: { key: { writeOnly: true } } }] },
    { password: 1, key: 1, a: 1 },
    { a: 1 },
  ],
  ['any of several', { anyOf: [{ type: 'null' }, ref('User')] }, { password: 1 }, {}],
  ['one of several', { oneOf: [ref('User'), { type: 'string' }] }, 'text', 'text'],
  ['conditions', { if: true, then: ref('User') }, { password: 1 }, {}],
  ['what depends on others', { dependentSchemas: { a: ref('User') } }, { a: 1, password: 1 }, { a: 1 }],
  ['whatever else there is', { unevaluatedProperties: ref('User') }, { a: { password: 1 } }, { a: {} }],
  ['properties by their schema', { properties: { a: ref('Secret'), b: true } }, { a: 1, b: 2 }, { b: 2 }],
])('finds %s', (_, schema, body, expected) => {
  expect(prepare(schema, { User, Secret: { type: 'integer', writeOnly: true } })!(body)).toEqual(expected);
});

it('tells the body of an operation from a schema whose function would have the same name', () => {
  const bodies = new BodyPreparations(new Map([['UserBody', User]]));
  const inline: Schema = { properties: { key: { writeOnly: true } } };

  expect(bodies.use('responseUserBody', inline, 'response')).toBe('responseUserBody');
  expect(bodies.use('listUsers200', ref('UserBody'), 'response')).toBe('responseUserBody2');
  const { responseUserBody, responseUserBody2 } = loadModule(untyped(bodies.toText())) as Record<string, Prepare>;
  expect(responseUserBody!({ key: 1, password: 1 })).toEqual({ password: 1 });
  expect(responseUserBody2!({ key: 1, password: 1 })).toEqual({ key: 1 });
});

it('takes the branch that the discriminator names', () => {
  const schema: Schema = {
    oneOf: [ref('User'), ref('Plan')],
    discriminator: {
      propertyName: 'kind',
      mapping: { user: '#/components/schemas/User', plan: '#/components/schemas/Plan' },
    },
  };
  const change = prepare(schema, { User, Plan: { type: 'object', properties: { password: { type: 'string' } } } })!;
  expect(change({ kind: 'user', password: 1 })).toEqual({ kind: 'user' });
  expect(change({ kind: 'plan', password: 1 })).toEqual({ kind: 'plan', password: 1 });
});

it('changes nothing else, and never the body itself', () => {
  const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
  const user = fc.letrec((tie) => ({
    user: fc.record(
      { name: json, other: json, password: fc.constant('hunter2'), friends: fc.array(tie('user'), { maxLength: 3 }) },
      { requiredKeys: ['name'], noNullPrototype: true },
    ),
  })).user;
  const change = prepare(ref('User'), { User })!;
  fc.assert(
    fc.property(user, (body) => {
      const before = JSON.stringify(body);
      const expected: unknown = JSON.parse(before, (key, value: unknown) =>
        key === 'password' && value === 'hunter2' ? undefined : value,
      );
      expect(change(body)).toEqual(expected);
      expect(JSON.stringify(body)).toBe(before);
    }),
  );
});
