import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { figuresOf, geometricMean, medianInterval, ratiosOf, slopeOf, spreadOf } from './statistics.ts';

const series = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });

describe('statistics', () => {
  it('finds the middle of series of any length', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3 });
    expect(spreadOf([4, 1, 2, 3])).toEqual({ min: 1, median: 2.5, max: 4 });
    expect(spreadOf([7])).toEqual({ min: 7, median: 7, max: 7 });
  });

  it('divides what was measured one after the other', () => {
    expect(ratiosOf([10, 30], [5, 10])).toEqual([2, 3]);
    expect(ratiosOf([10, 30], [5])).toEqual([2]);
  });

  it('lets twice as fast and half as fast be as fast', () => {
    expect(geometricMean([2, 0.5])).toBeCloseTo(1);
  });

  it('finds the line through points', () => {
    expect(slopeOf([3, 1, 2].map((x) => [x, 5 + 0.5 * x]))).toBeCloseTo(0.5);
  });

  it('takes one figure of each sample', () => {
    const samples = { bulkhead: [{ rate: 1 }, { rate: 2 }], peer: [{ rate: 3 }] };
    expect(figuresOf(samples, ({ rate }) => rate)).toEqual({ bulkhead: [1, 2], peer: [3] });
  });

  it('needs eight values to be sure of a median by 99 of a hundred', () => {
    expect(medianInterval([1, 2, 3, 4, 5, 6, 7], 0.99)).toBeUndefined();
    expect(medianInterval([8, 1, 2, 3, 4, 5, 6, 7], 0.99)).toEqual({ from: 1, to: 8 });
    // Of twelve tossed coins at most one shows heads in 13 of 4096 cases.
    const twelve = Array.from({ length: 12 }, (_, index) => index + 1);
    expect(medianInterval(twelve, 0.99)).toEqual({ from: 2, to: 11 });
  });

  it('keeps the median of the sample within the interval', () => {
    fc.assert(
      fc.property(series, (values) => {
        const interval = medianInterval(values, 0.9);
        const { median } = spreadOf(values);
        expect(interval === undefined || (interval.from <= median && median <= interval.to)).toBe(true);
      }),
    );
  });
});
