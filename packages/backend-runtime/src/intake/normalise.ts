import { invalidFeature, protocolUnavailable, translationFailed } from '../problems/feature-problems.ts';
import type { PlanProblem } from '../problems/plan-problem.ts';
import type { FeatureProtocol, FeatureTranslator } from './feature-protocol.ts';
import { isMarked } from './feature-source.ts';
import { NATIVE_TYPE, normaliseNativeFeature, type Arrival } from './native-feature.ts';
import type { NormalFeature } from './normal-feature.ts';

/** An unwrapped value on arrival, of whichever protocol, or none. */
export type UnknownArrival = Omit<Arrival, 'feature'> & { readonly feature: unknown };

/**
 * Brings what arrives into normal form. Features of other protocols are translated into native ones first; nothing behind the
 * intake learns of it.
 */
export class Normaliser {
  readonly #protocols: ReadonlyMap<string, FeatureProtocol>;
  readonly #translators = new Map<string, Promise<FeatureTranslator>>();

  constructor(protocols: readonly FeatureProtocol[]) {
    this.#protocols = new Map(protocols.map((protocol) => [protocol.mark, protocol]));
  }

  /** The features that a value stands for, and what is wrong with it. */
  async normalise({ feature, ...arrival }: UnknownArrival): Promise<readonly (NormalFeature | PlanProblem)[]> {
    if (!isMarked(feature)) return [invalidFeature(arrival.origin, `${EXPECTED} it is ${describeUnmarked(feature)}`)];
    if (feature.$$type === NATIVE_TYPE) return [normaliseNativeFeature({ ...arrival, feature })];
    const protocol = this.#protocols.get(feature.$$type);
    if (!protocol) return [invalidFeature(arrival.origin, `${EXPECTED} is ${JSON.stringify(feature.$$type)}`)];
    try {
      const translate = await this.#load(protocol);
      return translate(feature).map((translated) =>
        translated.type === 'fault'
          ? translationFailed(arrival, translated)
          : normaliseNativeFeature({ ...arrival, feature: translated }),
      );
    } catch (error) {
      return [protocolUnavailable(arrival.origin, error)];
    }
  }

  #load(protocol: FeatureProtocol): Promise<FeatureTranslator> {
    let loading = this.#translators.get(protocol.mark);
    if (!loading) {
      loading = protocol.load();
      this.#translators.set(protocol.mark, loading);
    }
    return loading;
  }
}

const EXPECTED = `'$$type' should be "${NATIVE_TYPE}", but`;

function describeUnmarked(value: unknown): string {
  if (value === null || value === undefined || typeof value !== 'object') return String(value);
  const keys = Object.keys(value).slice(0, 5);
  return keys.length === 0 ? 'an object without fields' : `an object with the fields ${keys.join(', ')}`;
}
