import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ScalarType } from './parameter.ts';
import { readScalar } from './scalars.ts';

describe('readScalar', () => {
  it.each<[string, readonly ScalarType[], unknown]>([
    ['12', ['integer'], 12],
    ['-0', ['integer'], -0],
    ['1.0', ['integer'], 1],
    ['1.5', ['integer'], '1.5'],
    ['1e2', ['number'], 100],
    ['12', ['string'], '12'],
    ['12', ['string', 'integer'], 12],
    ['012', ['integer'], '012'],
    ['.5', ['number'], '.5'],
    ['1_000', ['number'], '1_000'],
    [' 1', ['number'], ' 1'],
    ['NaN', ['number'], 'NaN'],
    ['Infinity', ['number'], 'Infinity'],
    ['1e999', ['number', 'any'], '1e999'],
    ['9007199254740992', ['integer'], '9007199254740992'],
    ['9007199254740992', ['number'], 9007199254740992],
    ['true', ['boolean'], true],
    ['True', ['boolean'], 'True'],
    ['1', ['boolean'], '1'],
    ['true', ['string'], 'true'],
    ['null', ['null'], null],
    ['null', ['string'], 'null'],
    ['null', ['string', 'null'], null],
    ['', ['null', 'integer'], ''],
    ['false', ['any'], false],
    ['x', ['any'], 'x'],
  ])('takes %p as %p for %p', (text, types, value) => {
    expect(readScalar(text, types)).toEqual(value);
  });

  it('gives back any number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(readScalar(JSON.stringify(value), ['number'])).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('leaves texts alone', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(readScalar(text, ['string'])).toBe(text)));
  });
});
