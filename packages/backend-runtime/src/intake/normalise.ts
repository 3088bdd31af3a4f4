import { invalidFeature, type PlanProblem } from '../problems.ts';
import { isMarked } from './feature-source.ts';
import { NATIVE_TYPE, normaliseNativeFeature } from './native-feature.ts';
import type { FeatureOrigin, NormalFeature } from './normal-feature.ts';

/** Brings the features of one protocol into normal form, or says what is wrong with them. */
type Normaliser = (
  feature: object,
  origin: FeatureOrigin,
  installAs: string | undefined,
) => NormalFeature | PlanProblem;

/**
 * The protocols that the intake understands, by the mark of their features. A further protocol is a file beside
 * `native-feature.ts` and a line here; nothing behind the intake learns of it.
 */
const protocols = new Map<string, Normaliser>([[NATIVE_TYPE, normaliseNativeFeature]]);

/** Brings an unwrapped value into normal form, or says why it is no feature. */
export function normalise(
  value: unknown,
  origin: FeatureOrigin,
  installAs: string | undefined,
): NormalFeature | PlanProblem {
  if (!isMarked(value)) {
    return invalidFeature(origin, `'$$type' should be "${NATIVE_TYPE}", but it is ${describeUnmarked(value)}`);
  }
  const normaliser = protocols.get(value.$$type);
  if (!normaliser) {
    return invalidFeature(origin, `'$$type' should be "${NATIVE_TYPE}", but is ${JSON.stringify(value.$$type)}`);
  }
  return normaliser(value, origin, installAs);
}

function describeUnmarked(value: unknown): string {
  if (value === null || value === undefined || typeof value !== 'object') return `${typeof value} ${String(value)}`;
  const keys = Object.keys(value).slice(0, 5);
  return keys.length === 0 ? 'an object without fields' : `an object with the fields ${keys.join(', ')}`;
}
