import type { BackendFeature } from '@bulkhead/backend-plugin-api';
import {
  ambiguousInstallation,
  invalidFeature,
  protocolUnavailable,
  translationFailed,
} from '../problems/feature-problems.ts';
import { messageOf, type PlanProblem } from '../problems/plan-problem.ts';
import type { FeatureFault, FeatureProtocol, FeatureTranslator } from './feature-protocol.ts';
import { packageOf, type PackageFinder } from './feature-package.ts';
import { isMarked } from './feature-source.ts';
import { withNativeRefs } from './foreign-refs.ts';
import { NATIVE_TYPE, normaliseNativeFeature, type Arrival } from './native-feature.ts';
import type { NormalFeature } from './normal-feature.ts';
import { Translators } from './translators.ts';

/** An unwrapped value on arrival, of whichever protocol, or none. */
export type UnknownArrival = Omit<Arrival, 'feature'> & { readonly feature: unknown };

type Normalised = NormalFeature | PlanProblem;

/**
 * Brings what arrives into normal form. Features of other protocols are translated into native ones first; nothing behind the
 * intake learns of it.
 */
export class Normaliser {
  readonly #translators: Translators;
  readonly #packages: PackageFinder | undefined;

  constructor(protocols: readonly FeatureProtocol[], packages?: PackageFinder) {
    this.#translators = new Translators(protocols);
    this.#packages = packages;
  }

  /** The features that a value stands for, and what is wrong with it. Never rejects, whatever the value is. */
  async normalise({ feature, ...rest }: UnknownArrival): Promise<readonly Normalised[]> {
    const arrival = { ...rest, origin: { ...rest.origin, package: packageOf(this.#packages, feature) } };
    const { origin } = arrival;
    try {
      if (!isMarked(feature)) return [invalidFeature(origin, `${EXPECTED} it is ${describeUnmarked(feature)}`)];
      if (feature.$$type === NATIVE_TYPE) return [await this.#normaliseNative({ ...arrival, feature })];
      const loading = this.#translators.ofFeature(feature.$$type);
      if (!loading) return [invalidFeature(origin, `${EXPECTED} is ${JSON.stringify(feature.$$type)}`)];
      return await this.#translate({ ...arrival, feature }, loading);
    } catch (error) {
      // Reading a field can throw, too.
      return [invalidFeature(origin, `it cannot be read: ${messageOf(error)}`)];
    }
  }

  async #normaliseNative(arrival: Arrival): Promise<Normalised> {
    const feature = normaliseNativeFeature(arrival);
    if ('code' in feature) return feature;
    try {
      return await withNativeRefs(feature, this.#translators);
    } catch (error) {
      return protocolUnavailable(arrival.origin, error);
    }
  }

  async #translate(arrival: Arrival, loading: ReturnType<Translators['ofFeature']>): Promise<readonly Normalised[]> {
    let translator: FeatureTranslator;
    try {
      translator = (await loading)!;
    } catch (error) {
      return [protocolUnavailable(arrival.origin, error)];
    }
    const translated = translator.translateFeature(arrival.feature);
    const mixed = mixedInstallation(arrival, translated);
    if (mixed) return [mixed];
    return translated.map((each) =>
      isFault(each) ? translationFailed(arrival, each) : normaliseNativeFeature({ ...arrival, feature: each }),
    );
  }
}

const EXPECTED = `'$$type' should be "${NATIVE_TYPE}", but`;

function isFault(translated: object): translated is FeatureFault {
  return (translated as { type?: unknown }).type === 'fault';
}

/** One feature can register several plugins; which of them is meant by `{ pluginId }`, nobody can say. */
function mixedInstallation(
  { installAs, origin }: Arrival,
  translated: readonly (BackendFeature | FeatureFault)[],
): PlanProblem | undefined {
  const pluginIds = new Set(translated.flatMap((each) => ('pluginId' in each && each.pluginId) || []));
  if (installAs === undefined || pluginIds.size < 2) return undefined;
  const names = [...pluginIds].map((pluginId) => `'${pluginId}'`).join(' and ');
  return ambiguousInstallation(origin, names, installAs);
}

function describeUnmarked(value: unknown): string {
  if (value === null || value === undefined || typeof value !== 'object') return String(value);
  const keys = Object.keys(value).slice(0, 5);
  return keys.length === 0 ? 'an object without fields' : `an object with the fields ${keys.join(', ')}`;
}
