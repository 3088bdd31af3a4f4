import { isDeepStrictEqual } from 'node:util';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstDuplicate } from './first-duplicate.ts';

it('finds the first item that was there before', () => {
  expect(firstDuplicate([1, '1', true, 'true', null, 'null', [], {}, '[]', '{}'])).toBeUndefined();
  expect(firstDuplicate([3, 1, 2, 1, 3])).toEqual([1, 3]);
  expect(
    firstDuplicate([
      { a: 1, b: { c: 2, d: 3 } },
      { b: { d: 3, c: 2 }, a: 1 },
    ]),
  ).toEqual([0, 1]);
});

it('agrees with comparing every item with every other', () => {
  const item = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.nat(3), fc.record({ a: fc.nat(1), b: fc.nat(1) }));
  const list = fc.array(item).map((items) => JSON.parse(JSON.stringify(items)) as unknown[]);
  fc.assert(
    fc.property(list, (items) => {
      const second = items.findIndex((one, index) =>
        items.slice(0, index).some((other) => isDeepStrictEqual(one, other)),
      );
      const first = items.findIndex((other) => isDeepStrictEqual(items[second], other));
      expect(firstDuplicate(items)).toEqual(second === -1 ? undefined : [first, second]);
    }),
  );
});

it('takes time in proportion to the list', () => {
  // With a comparison of all pairs, this would take minutes.
  expect(firstDuplicate(Array.from({ length: 200_000 }, (_, index) => ({ index })))).toBeUndefined();
});
