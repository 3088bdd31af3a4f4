import { ratiosBeside } from '../reading.ts';
import { medianInterval, spreadOf, type Spread } from '../statistics.ts';
import { UNITS, type Row, type Unit } from '../suite.ts';

/** How sure a verdict is to be. Of eight rounds, all have to agree. */
const CONFIDENCE = 0.99;

/** A smaller difference is none: figures of the very same code differ by as much. */
const SMALLEST_DIFFERENCE = 0.02;

/** What a change has done. */
export type Verdict = 'better' | 'worse' | 'no difference' | 'too few rounds';

/** A figure of the present state beside the same one of another state. */
export interface Comparison {
  readonly what: string;
  readonly contestant: string;
  readonly unit: Unit;
  readonly before: number;
  readonly now: number;
  /** How many times as good the figure is now: above 1 is better, whatever the unit. */
  readonly ratio: Spread;
  readonly verdict: Verdict;
}

/** Compares what both states have measured, row by row, peers left out. */
export function compareRows(now: readonly Row[], before: readonly Row[], peers: readonly string[]): Comparison[] {
  return now.flatMap(({ what, unit, rounds }) => {
    const earlier = before.find((row) => row.what === what && row.unit === unit);
    const names = Object.keys(rounds).filter((name) => !peers.includes(name) && earlier?.rounds[name]);
    return names.flatMap((contestant) => {
      const figures = { now: rounds[contestant]!, before: earlier!.rounds[contestant]! };
      if (figures.now.length === 0) return [];
      // An amount is better the smaller it is, like a time.
      const ratios = ratiosBeside(UNITS[unit] === 'rate' ? unit : 'ms', figures.now, figures.before);
      return {
        what,
        contestant,
        unit,
        before: spreadOf(figures.before).median,
        now: spreadOf(figures.now).median,
        ratio: spreadOf(ratios),
        verdict: judge(ratios),
      };
    });
  });
}

/**
 * A difference counts when the median of all rounds that could ever be measured lies on one side of 1, as sure as 99 of
 * a hundred times.
 */
export function judge(ratios: readonly number[]): Verdict {
  const interval = medianInterval(ratios, CONFIDENCE);
  if (!interval) return 'too few rounds';
  const { median } = spreadOf(ratios);
  if (interval.to < 1 && median < 1 - SMALLEST_DIFFERENCE) return 'worse';
  if (interval.from > 1 && median > 1 + SMALLEST_DIFFERENCE) return 'better';
  return 'no difference';
}
