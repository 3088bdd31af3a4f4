import { expect, it } from '@jest/globals';
import { changeByTag, changeItems, changeProperties } from './prepare.ts';

const withoutSecret = (body: unknown): unknown => changeProperties(body, { hidden: ['secret'] });

it('takes properties out of a copy', () => {
  const body = { name: 'ada', secret: 'hunter2' };
  expect(withoutSecret(body)).toEqual({ name: 'ada' });
  expect(body).toHaveProperty('secret');
});

it('goes into properties that are named, and into all others', () => {
  const body = { owner: { secret: 1, a: 1 }, other: { secret: 2, b: 2 }, secret: 3 };
  expect(changeProperties(body, { hidden: [], properties: { owner: withoutSecret } })).toEqual({
    ...body,
    owner: { a: 1 },
  });
  expect(
    changeProperties(body, { hidden: ['secret'], properties: { owner: (owner) => owner }, others: withoutSecret }),
  ).toEqual({
    owner: { secret: 1, a: 1 },
    other: { b: 2 },
  });
});

it('goes into lists, and where a tag leads', () => {
  expect(changeItems([{ secret: 1, a: 1 }, 'text'], withoutSecret)).toEqual([{ a: 1 }, 'text']);
  const changes = { person: withoutSecret };
  expect(changeByTag({ kind: 'person', secret: 1 }, 'kind', changes)).toEqual({ kind: 'person' });
  expect(changeByTag({ kind: 'plan', secret: 1 }, 'kind', changes)).toEqual({ kind: 'plan', secret: 1 });
  expect(changeByTag({ kind: 'toString', secret: 1 }, 'kind', changes)).toEqual({ kind: 'toString', secret: 1 });
});

it.each([null, undefined, 'text', 1, true])('leaves %j for the check', (body) => {
  expect(withoutSecret(body)).toBe(body);
  expect(changeItems(body, withoutSecret)).toBe(body);
  expect(changeByTag(body, 'kind', {})).toBe(body);
});

it('keeps a property called __proto__ what it is', () => {
  const body: unknown = JSON.parse('{"__proto__":{"a":1},"secret":1}');
  expect(JSON.stringify(withoutSecret(body))).toBe('{"__proto__":{"a":1}}');
});
