import type { Spread } from './statistics.ts';

/** One line of a result: what was compared, the ratio, and what it should be. */
export interface Row {
  readonly what: string;
  /** The figures behind the ratio, for example `{ bulkhead: '0.41 s', backstage: '4.9 s' }`. */
  readonly figures: Readonly<Record<string, string>>;
  readonly ratio?: Spread;
  /** For example `>= 6`. A goal, not a threshold: nothing fails when it is missed. */
  readonly goal?: string;
}

/** How thoroughly to measure. */
export interface Effort {
  /** Fewer and shorter runs: shows that the suite works, its figures mean little. */
  readonly quick: boolean;
}

/** A set of measurements that belong together. */
export interface Suite {
  readonly name: string;
  readonly question: string;
  run(effort: Effort): Promise<readonly Row[]>;
}
