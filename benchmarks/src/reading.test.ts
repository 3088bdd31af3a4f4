import { describe, expect, it } from '@jest/globals';
import { readRow } from './reading.ts';

describe('readRow', () => {
  it('says of rates how many times as fast the first one is', () => {
    const reading = readRow({
      what: 'requests',
      unit: '/s',
      rounds: { bulkhead: [30, 40, 20], peer: [10, 10, 10] },
      goals: [{ beside: 'peer', atLeast: 3 }, { atLeast: 31 }],
    });
    expect(reading.figures).toEqual({
      bulkhead: { min: 20, median: 30, max: 40 },
      peer: { min: 10, median: 10, max: 10 },
    });
    expect(reading.ratios).toEqual({ peer: { min: 2, median: 3, max: 4 } });
    expect(reading.goals.map(({ isReached }) => isReached)).toEqual([true, false]);
  });

  it('says of times how many times as fast the first one is', () => {
    const { ratios } = readRow({ what: 'ready', unit: 'ms', rounds: { bulkhead: [100], peer: [600] } });
    expect(ratios.peer?.median).toBe(6);
  });

  it('says of amounts how much of the other the first one is', () => {
    const { ratios } = readRow({ what: 'memory', unit: 'MiB', rounds: { bulkhead: [100], peer: [400] } });
    expect(ratios.peer?.median).toBe(0.25);
  });

  it('divides round by round, so that a machine that slows down changes nothing', () => {
    const { ratios } = readRow({ what: 'requests', unit: '/s', rounds: { bulkhead: [20, 10], peer: [10, 5] } });
    expect(ratios.peer).toEqual({ min: 2, median: 2, max: 2 });
  });

  it('leaves out who was not measured, and the goals about them', () => {
    const reading = readRow({
      what: 'requests',
      unit: '/s',
      rounds: { bulkhead: [20], nginx: [] },
      goals: [{ beside: 'nginx', atLeast: 1 }],
    });
    expect(Object.keys(reading.figures)).toEqual(['bulkhead']);
    expect(reading).toMatchObject({ ratios: {}, goals: [] });
  });
});
