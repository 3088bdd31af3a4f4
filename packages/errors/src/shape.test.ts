import { describe, expect, it } from '@jest/globals';
import {
  anything,
  arrayOf,
  fields,
  formatShapeFault,
  kind,
  oneOf,
  optional,
  recordOf,
  tupleOf,
  within,
  type Shape,
} from './shape.ts';

const said = (shape: Shape, value: unknown): string | undefined => {
  const fault = shape(value);
  return fault && formatShapeFault(fault);
};

describe('a shape', () => {
  const shape = fields({
    id: kind('string'),
    level: optional(oneOf('low', 'high')),
    parts: arrayOf(recordOf(kind('boolean'))),
    pair: optional(tupleOf(kind('string'), anything)),
  });

  it('has nothing to say about a value that fits', () => {
    expect(shape({ id: 'a', parts: [{ x: true }], more: 1 })).toBeUndefined();
    expect(shape({ id: 'a', level: 'low', parts: [], pair: ['x', {}] })).toBeUndefined();
    expect(shape(Object.assign(() => {}, { id: 'a', parts: [] }))).toBeUndefined();
  });

  it.each([
    [null, 'it should be an object, but is null'],
    [[], 'it should be an object, but is an array'],
    [7n, 'it should be an object, but is 7'],
    [Symbol('s'), 'it should be an object, but is Symbol(s)'],
    [{}, "'id' should be a string, but is missing"],
    [{ id: () => {} }, "'id' should be a string, but is a function"],
    [{ id: 'a', level: 'middle' }, '\'level\' should be "low" or "high", but is "middle"'],
    [{ id: 'a', parts: {} }, "'parts' should be an array, but is an object"],
    [{ id: 'a', parts: [{}, { x: 'yes' }] }, '\'parts[1].x\' should be a boolean, but is "yes"'],
    [{ id: 'a', parts: [[]] }, "'parts[0]' should be an object, but is an array"],
    [{ id: 'a', parts: [], pair: ['x'] }, "'pair' should be an array of 2, but is an array"],
    [{ id: 'a', parts: [], pair: [1, 2] }, "'pair[0]' should be a string, but is 1"],
  ])('names the first part that does not fit', (value, fault) => {
    expect(said(shape, value)).toBe(fault);
  });

  it('gives the way to the part as data', () => {
    expect(within('outer', shape({ id: 'a', parts: [{ x: 1 }] })!)).toEqual({
      path: ['outer', 'parts', '[0]', 'x'],
      message: 'should be a boolean, but is 1',
    });
  });
});
