/** What is measured: called once per round. */
export type Measurement<T> = () => Promise<T>;

/**
 * Measures the contestants in turn, A B A B …, so that a machine whose speed drifts is equally unfair to all. The
 * first round warms caches up and does not count.
 */
export async function inTurn<TName extends string, T>(
  rounds: number,
  contestants: Readonly<Record<TName, Measurement<T>>>,
): Promise<Readonly<Record<TName, readonly T[]>>> {
  const names = Object.keys(contestants) as TName[];
  const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<TName, T[]>;
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const result = await contestants[name]();
      if (round > 0) results[name].push(result);
    }
  }
  return results;
}
