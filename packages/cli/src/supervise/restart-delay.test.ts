import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { restartDelay } from './restart-delay.ts';

const attempts = fc.integer({ min: 1, max: 10_000 });
const randoms = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

describe('restartDelay', () => {
  it('doubles up to half a minute', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => restartDelay(attempt, 0))).toEqual([
      250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000,
    ]);
  });

  it('leaves a half to chance, and never less nor more', () => {
    fc.assert(
      fc.property(attempts, randoms, (attempt, random) => {
        const least = restartDelay(attempt, 0);
        const delay = restartDelay(attempt, random);
        expect(delay).toBeGreaterThanOrEqual(least);
        expect(delay).toBeLessThanOrEqual(Math.min(2 * least, 30_000));
      }),
    );
  });
});
