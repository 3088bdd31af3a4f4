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

/** The middle of a series. */
export function medianOf(values: readonly number[]): number {
  return spreadOf(values).median;
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

/** By how much y grows with x, by the line that is nearest to all points. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (of: (point: readonly [number, number]) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [meanX, meanY] = [mean(([x]) => x), mean(([, y]) => y)];
  return mean(([x, y]) => (x - meanX) * (y - meanY)) / mean(([x]) => (x - meanX) ** 2);
}

/**
 * From where to where the median of a whole population lies, by the values of a sample of it: the signs of the
 * differences to the median are those of coins that were tossed. Nothing when the sample is too small for the confidence.
 */
export function medianInterval(
  values: readonly number[],
  confidence: number,
): { readonly from: number; readonly to: number } | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const count = sorted.length;
  // The probability that at most `left` of the values lie on one side of the median.
  let [left, term, tail] = [-1, 2 ** -count, 0];
  while (1 - 2 * (tail + term) >= confidence) {
    tail += term;
    left++;
    term *= (count - left) / (left + 1);
  }
  return left < 0 ? undefined : { from: sorted[left]!, to: sorted[count - 1 - left]! };
}
