import { isDeepStrictEqual } from 'node:util';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deepEqual } from './deep-equal.ts';

it('compares values of JSON', () => {
  expect(deepEqual({ a: 1, b: [null, 'x'] }, { b: [null, 'x'], a: 1 })).toBe(true);
  expect(deepEqual({ a: 1 }, { a: 1, b: 1 })).toBe(false);
  expect(deepEqual({ 0: 1 }, [1])).toBe(false);
  expect(deepEqual([1, 2], [2, 1])).toBe(false);
  expect(deepEqual(null, {})).toBe(false);
  expect(deepEqual({ toString: 1 }, { valueOf: 1 })).toBe(false);
});

it('agrees with Node.js', () => {
  const value = fc.jsonValue({ maxDepth: 2 }).map((json) => JSON.parse(JSON.stringify(json)) as unknown);
  fc.assert(fc.property(value, value, (one, other) => deepEqual(one, other) === isDeepStrictEqual(one, other)));
  fc.assert(fc.property(value, (one) => deepEqual(one, structuredClone(one))));
});
