import type { ServiceFactory } from '@bulkhead/backend-plugin-api';
import type { FeatureRef } from './feature-protocol.ts';
import type { NormalFeature } from './normal-feature.ts';
import type { Translators } from './translators.ts';

type Translate = (ref: FeatureRef) => FeatureRef;

/**
 * Puts native names in the place of those of other protocols that a native feature names: what it depends on, what it
 * provides. A feature without any, that is nearly every one, is given back as it is.
 */
export async function withNativeRefs(feature: NormalFeature, translators: Translators): Promise<NormalFeature> {
  const translated = new Map<FeatureRef, FeatureRef>();
  for (const ref of refsOf(feature)) {
    const loading = translators.ofRef(ref.$$type);
    if (loading) translated.set(ref, (await loading).translateRef(ref));
  }
  return translated.size === 0 ? feature : replaceRefs(feature, (ref) => translated.get(ref) ?? ref);
}

function refsOf(feature: NormalFeature): readonly FeatureRef[] {
  if (feature.type === 'service') return [feature.factory.service, ...Object.values(feature.factory.deps)];
  if (feature.type === 'loader') return Object.values(feature.loader.deps);
  const { extensionPoints, init } = feature.registration;
  return [...extensionPoints.map(({ extensionPoint }) => extensionPoint), ...Object.values(init.deps)];
}

function replaceRefs(feature: NormalFeature, translate: Translate): NormalFeature {
  if (feature.type === 'service') return { ...feature, factory: replaceInFactory(feature.factory, translate) };
  if (feature.type === 'loader') {
    const { loader } = feature;
    const { description } = loader;
    return { ...feature, loader: { ...loader, description, deps: replaceAll(loader.deps, translate) } };
  }
  const { registration } = feature;
  const extensionPoints = registration.extensionPoints.map((offered) => ({
    ...offered,
    extensionPoint: translate(offered.extensionPoint),
  }));
  const init = { ...registration.init, deps: replaceAll(registration.init.deps, translate) };
  return { ...feature, registration: { ...registration, extensionPoints, init } } as NormalFeature;
}

function replaceInFactory(factory: ServiceFactory, translate: Translate): ServiceFactory {
  return {
    ...factory,
    service: translate(factory.service) as ServiceFactory['service'],
    deps: replaceAll(factory.deps, translate),
  };
}

function replaceAll<T extends Readonly<Record<string, FeatureRef>>>(refs: T, translate: Translate): T {
  return Object.fromEntries(Object.entries(refs).map(([name, ref]) => [name, translate(ref)])) as T;
}
