/** Minimum, median and maximum of a series of figures. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** The spread of a series. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  return { min: at(0), median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, max: at(sorted.length - 1) };
}

/** `a[i] / b[i]`: pairs were measured one after the other, so drift of the machine cancels out. */
export function ratiosOf(a: readonly number[], b: readonly number[]): number[] {
  return a.slice(0, b.length).map((value, index) => value / (b[index] ?? Number.NaN));
}

/** The mean that suits ratios: twice as fast here and half as fast there is as fast. */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** One figure of each sample, for every contestant. */
export function figuresOf<TName extends string, T>(
  samples: Readonly<Record<TName, readonly T[]>>,
  of: (sample: T) => number,
): Record<TName, number[]> {
  const entries = Object.entries<readonly T[]>(samples).map(([name, values]) => [name, values.map(of)]);
  return Object.fromEntries(entries) as Record<TName, number[]>;
}
