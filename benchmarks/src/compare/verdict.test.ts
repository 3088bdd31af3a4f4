import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Row } from '../suite.ts';
import { compareRows, judge } from './verdict.ts';

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

describe('judge', () => {
  it('says nothing about a few rounds', () => {
    expect(judge(times(7, 0.5))).toBe('too few rounds');
  });

  it('wants all of eight rounds to agree', () => {
    expect(judge(times(8, 0.9))).toBe('worse');
    expect(judge(times(8, 1.1))).toBe('better');
    expect(judge([...times(7, 0.9), 1.01])).toBe('no difference');
  });

  it('takes a difference of one in a hundred for none', () => {
    expect(judge(times(20, 0.99))).toBe('no difference');
    expect(judge(times(20, 1.01))).toBe('no difference');
  });

  it('says the contrary when both are exchanged', () => {
    const opposite = { better: 'worse', worse: 'better', 'no difference': 'no difference' };
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { minLength: 8, maxLength: 8 }), (ratios) => {
        const verdict = judge(ratios);
        const difference = Math.abs(ratios.toSorted((a, b) => a - b)[4]! - 1);
        fc.pre(verdict !== 'too few rounds' && difference > 0.1);
        expect(judge(ratios.map((ratio) => 1 / ratio))).toBe(opposite[verdict]);
      }),
    );
  });
});

describe('compareRows', () => {
  const row = (unit: Row['unit'], value: number): Row => {
    return { what: 'it', unit, rounds: { bulkhead: times(8, value), backstage: times(8, 1) } };
  };

  it('knows that more of a rate is better, and less of a time and an amount', () => {
    const verdictOf = (unit: Row['unit'], now: number, before: number) =>
      compareRows([row(unit, now)], [row(unit, before)], ['backstage']).map(({ verdict }) => verdict);
    expect(verdictOf('/s', 200, 100)).toEqual(['better']);
    expect(verdictOf('ms', 200, 100)).toEqual(['worse']);
    expect(verdictOf('MiB', 200, 100)).toEqual(['worse']);
    expect(verdictOf('×', 1, 2)).toEqual(['better']);
  });

  it('tells both figures, and how many times as good they are', () => {
    const [comparison] = compareRows([row('ms', 50)], [row('ms', 100)], ['backstage']);
    expect(comparison).toMatchObject({ contestant: 'bulkhead', before: 100, now: 50, ratio: { median: 2 } });
  });

  it('leaves out what only one of both has measured', () => {
    expect(compareRows([row('ms', 50)], [{ ...row('ms', 50), what: 'something else' }], [])).toEqual([]);
  });
});
