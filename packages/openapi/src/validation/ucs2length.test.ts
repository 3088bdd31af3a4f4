import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ucs2length } from './ucs2length.ts';

it('counts characters, a surrogate pair as one', () => {
  expect(ucs2length('')).toBe(0);
  expect(ucs2length('a😀b')).toBe(3);
  expect(ucs2length('\ud83d')).toBe(1);
  expect(ucs2length('\ude00\ud83d')).toBe(2);
});

it('counts as JavaScript iterates', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => ucs2length(text) === [...text].length));
});
