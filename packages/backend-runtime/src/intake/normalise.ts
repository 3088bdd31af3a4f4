import { invalidFeature } from '../problems/feature-problems.ts';
import type { PlanProblem } from '../problems/plan-problem.ts';
import { isMarked } from './feature-source.ts';
import { NATIVE_TYPE, normaliseNativeFeature, type Arrival } from './native-feature.ts';
import type { NormalFeature } from './normal-feature.ts';

/**
 * The protocols that the intake understands, by the mark of their features. A further protocol is a file beside
 * `native-feature.ts` and a line here; nothing behind the intake learns of it.
 */
const protocols = new Map<string, (arrival: Arrival) => NormalFeature | PlanProblem>([
  [NATIVE_TYPE, normaliseNativeFeature],
]);

/** Brings an unwrapped value into normal form, or says why it is no feature. */
export function normalise({
  feature,
  ...arrival
}: Omit<Arrival, 'feature'> & { feature: unknown }): NormalFeature | PlanProblem {
  const expected = `'$$type' should be "${NATIVE_TYPE}", but`;
  if (!isMarked(feature)) return invalidFeature(arrival.origin, `${expected} it is ${describeUnmarked(feature)}`);
  const normaliseMarked = protocols.get(feature.$$type);
  if (!normaliseMarked) return invalidFeature(arrival.origin, `${expected} is ${JSON.stringify(feature.$$type)}`);
  return normaliseMarked({ ...arrival, feature });
}

function describeUnmarked(value: unknown): string {
  if (value === null || value === undefined || typeof value !== 'object') return String(value);
  const keys = Object.keys(value).slice(0, 5);
  return keys.length === 0 ? 'an object without fields' : `an object with the fields ${keys.join(', ')}`;
}
