import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_DEPTH, parseJson } from './json.ts';

/** A text that is nested `depth` levels deep, by lists and objects in turn. */
function nested(depth: number, innermost: string): string {
  const isObject = (level: number): boolean => level % 2 === 0;
  const levels = Array.from({ length: depth }, (_, level) => level);
  const open = levels.map((level) => (isObject(level) ? '{"a":' : '[')).join('');
  const close = levels.map((level) => (isObject(level) ? '}' : ']')).reverse();
  return `${open}${innermost}${close.join('')}`;
}

describe('parseJson', () => {
  it('gives what JSON.parse gives, whatever brackets there are', () => {
    const brackets = fc.string({ unit: fc.constantFrom('{', '[', '}', ']', '"', '\\'), maxLength: 2 * MAX_DEPTH });
    fc.assert(
      fc.property(fc.array(fc.oneof(brackets, fc.array(fc.array(fc.nat()))), { maxLength: MAX_DEPTH }), (value) => {
        expect(parseJson(JSON.stringify(value))).toEqual({ value });
      }),
    );
  });

  it('refuses exactly what is nested too deep', () => {
    const innermost = fc.constantFrom('0', '"{[{["', `"${'{['.repeat(MAX_DEPTH)}"`, '"\\"["');
    fc.assert(
      fc.property(fc.integer({ min: MAX_DEPTH - 2, max: MAX_DEPTH + 2 }), innermost, (depth, inner) => {
        const text = nested(depth, inner);
        const tooDeep = { pointer: '', fault: `is nested deeper than ${MAX_DEPTH} levels` };
        expect(parseJson(text)).toEqual(depth > MAX_DEPTH ? tooDeep : { value: JSON.parse(text) as unknown });
      }),
    );
  });

  it('takes many lists that are not nested', () => {
    const value = Array.from({ length: 2 * MAX_DEPTH }, () => []);
    expect(parseJson(JSON.stringify(value))).toEqual({ value });
  });
});
