import type { BackendFeature } from '@bulkhead/backend-plugin-api';
import { arrayOf, fields, kind, oneOf, within, type Shape } from '@bulkhead/errors/shape';
import { loaderShape, registrationShapes, registrationsShape, serviceFactoryShape } from '../wire/shapes.ts';
import {
  FEATURE_FACTORY_MARK,
  FEATURE_MARK,
  WIRE_VERSION,
  type WireLoader,
  type WireRegistration,
  type WireServiceFactory,
} from '../wire/wire.ts';
import { malformed, threw, unsupported, type DeclaredOwner, type FeatureFault } from './fault.ts';
import { translateLoader } from './loader.ts';
import { translateRegistration } from './registrations.ts';
import { translateServiceFactory } from './service-factory.ts';

type Translated = BackendFeature | FeatureFault;
type FeatureType = 'service' | 'loader' | 'registrations';

const featureTypes: readonly FeatureType[] = ['service', 'registrations', 'loader'];

/**
 * Translates a feature that is marked `@backstage/BackendFeature` into native ones: one for each plugin and module that it
 * registers. Runs the author's `register`: call it once for each installation. What is wrong with the feature is
 * told, not thrown.
 */
export function translateBackstageFeature(feature: object): readonly Translated[] {
  const { $$type } = feature as { $$type?: unknown };
  if ($$type === FEATURE_FACTORY_MARK) return callFeatureFactory(feature);
  const { version } = feature as { version?: unknown };
  const wrongVersion = oneOf(WIRE_VERSION)(version);
  if (wrongVersion) {
    const fault = within('version', wrongVersion);
    return [typeof version === 'string' ? unsupported(fault) : malformed(fault)];
  }
  const type = typeOf(feature);
  switch (type) {
    case 'service':
      return [checked(serviceFactoryShape, feature) ?? translateServiceFactory(feature as WireServiceFactory)];
    case 'loader':
      return [checked(loaderShape, feature) ?? translateLoader(feature as WireLoader)];
    case 'registrations':
      return translateRegistrations(feature);
    default:
      return [type];
  }
}

/** The older generation: a function that makes the feature. */
function callFeatureFactory(factory: object): readonly Translated[] {
  if (typeof factory !== 'function') return [malformed(kind('function')(factory)!)];
  let feature: unknown;
  try {
    feature = (factory as () => unknown)();
  } catch (error) {
    return [threw(error)];
  }
  const fault = fields({ $$type: oneOf(FEATURE_MARK) })(feature);
  return fault ? [malformed(within('()', fault))] : translateBackstageFeature(feature as object);
}

/** Older features do not say of which type they are, but their fields do. */
function typeOf(feature: object): FeatureType | FeatureFault {
  const { featureType } = feature as { featureType?: unknown };
  if (featureTypes.includes(featureType as FeatureType)) return featureType as FeatureType;
  if ('service' in feature) return 'service';
  if ('getRegistrations' in feature) return 'registrations';
  if (featureType === undefined && 'loader' in feature) return 'loader';
  const fault = within('featureType', oneOf(...featureTypes)(featureType)!);
  return typeof featureType === 'string' ? unsupported(fault) : malformed(fault);
}

function checked(shape: Shape, feature: object): FeatureFault | undefined {
  const fault = shape(feature);
  return fault && malformed(fault);
}

function translateRegistrations(feature: object): readonly Translated[] {
  const fault = checked(registrationsShape, feature);
  if (fault) return [fault];
  let registrations: unknown;
  try {
    registrations = (feature as { getRegistrations(): unknown }).getRegistrations();
  } catch (error) {
    return [threw(error)];
  }
  const noList = arrayOf(fields({}))(registrations);
  if (noList) return [malformed(within('getRegistrations()', noList))];
  return (registrations as readonly WireRegistration[]).map((registration, index) => {
    return findRegistrationFault(registration, index) ?? translateRegistration(registration);
  });
}

function findRegistrationFault(registration: WireRegistration, index: number): FeatureFault | undefined {
  const { type } = registration as { type: unknown };
  const types = Object.keys(registrationShapes);
  const wrongType = oneOf(...types)(type);
  const fault = wrongType ? within('type', wrongType) : registrationShapes[registration.type](registration);
  if (!fault) return undefined;
  const located = within('getRegistrations()', within(`[${index}]`, fault));
  const owner = declaredOwner(registration);
  return wrongType && typeof type === 'string' ? unsupported(located, owner) : malformed(located, owner);
}

function declaredOwner({ pluginId, moduleId }: { pluginId: unknown; moduleId?: unknown }): DeclaredOwner {
  if (typeof pluginId !== 'string') return {};
  return typeof moduleId === 'string' ? { pluginId, moduleId } : { pluginId };
}
