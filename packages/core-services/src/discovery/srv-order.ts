import type { SrvRecord } from 'node:dns';

/**
 * Brings SRV records into the order in which to try them (RFC 2782): lower priorities first; among equal ones at random,
 * each as likely to come next as its weight is heavy.
 *
 * @param random - gives numbers from 0 to below 1
 */
export function orderByWeight(records: readonly SrvRecord[], random: () => number): SrvRecord[] {
  const left = records.toSorted((a, b) => a.priority - b.priority || a.weight - b.weight);
  const ordered: SrvRecord[] = [];
  while (left.length > 0) {
    const { priority } = left[0]!;
    const equals = left.filter((record) => record.priority === priority);
    const index = drawIndex(equals, random);
    ordered.push(...left.splice(index, 1));
  }
  return ordered;
}

/** Records without a weight have a small chance, as the RFC wants, and an equal one where none has a weight. */
function drawIndex(equals: readonly SrvRecord[], random: () => number): number {
  const weights = equals.map(({ weight }) => (weight === 0 ? MIN_WEIGHT : weight));
  let draw = random() * weights.reduce((sum, weight) => sum + weight, 0);
  const index = weights.findIndex((weight) => (draw -= weight) < 0);
  return index === -1 ? equals.length - 1 : index;
}

const MIN_WEIGHT = 0.01;
