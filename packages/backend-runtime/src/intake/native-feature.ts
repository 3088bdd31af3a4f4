import {
  isModuleId,
  isPluginId,
  isServiceId,
  type BackendFeature,
  type FeatureLoader,
  type ModuleFeature,
  type PluginFeature,
  type ServiceFactory,
} from '@bulkhead/backend-plugin-api';
import { arrayOf, fields, kind, oneOf, optional, recordOf, within, type Shape } from '@bulkhead/errors/shape';
import {
  invalidFeature,
  invalidId,
  invalidInstallation,
  invalidRegistration,
  registerFailed,
} from '../problems/feature-problems.ts';
import type { Owner, PlanProblem } from '../problems/plan-problem.ts';
import type { FeatureOrigin, NormalFeature } from './normal-feature.ts';

/** The mark of a native feature. */
export const NATIVE_TYPE = '@bulkhead/BackendFeature';

const serviceRef = fields({ id: kind('string'), scope: oneOf('plugin', 'root') });
const ref = fields({ $$type: kind('string'), id: kind('string') });

const shapes: Readonly<Record<BackendFeature['type'], Shape>> = {
  plugin: fields({ pluginId: kind('string'), getRegistration: kind('function') }),
  module: fields({ pluginId: kind('string'), moduleId: kind('string'), getRegistration: kind('function') }),
  service: fields({
    service: serviceRef,
    initialization: optional(oneOf('always', 'lazy')),
    deps: recordOf(serviceRef),
    createRootContext: optional(kind('function')),
    factory: kind('function'),
  }),
  loader: fields({ description: kind('string'), deps: recordOf(serviceRef), load: kind('function') }),
};

const declared = {
  connections: optional(arrayOf(fields({ type: kind('string') }))),
  extensionPoints: arrayOf(fields({ extensionPoint: ref, factory: kind('function') })),
  init: fields({ deps: recordOf(ref), run: kind('function') }),
};

const registrations: Readonly<Record<'plugin' | 'module', Shape>> = {
  plugin: fields({ type: oneOf('plugin'), ...declared }),
  module: fields({ type: oneOf('module'), ...declared }),
};

/** A feature on arrival. */
export interface Arrival {
  /** What was added, unwrapped. */
  readonly feature: object;
  readonly origin: FeatureOrigin;
  /** The id under which a plugin is installed, or of the plugin that a module joins. */
  readonly installAs?: string;
}

/**
 * Brings a native feature into normal form. Runs the `register` of a plugin or module: call it once for each
 * installation.
 */
export function normaliseNativeFeature(arrival: Arrival): NormalFeature | PlanProblem {
  const { origin, installAs } = arrival;
  const feature = arrival.feature as BackendFeature;
  const type = feature.type ?? typeByFields(feature);
  const fault = Object.hasOwn(shapes, type) ? shapes[type](feature) : faultOfType(type);
  if (fault) return invalidFeature(origin, fault, ownerOf(arrival));
  if (type === 'plugin' || type === 'module') return normaliseRegistration(type, arrival);
  if (installAs !== undefined) {
    return invalidInstallation(origin, type === 'service' ? 'service factory' : 'feature loader');
  }
  if (type === 'loader') return { type, loader: feature as FeatureLoader, origin };
  const factory = feature as ServiceFactory;
  const { id } = factory.service;
  return isServiceId(id) ? { type, factory, origin } : invalidId(origin, { kind: 'service', id });
}

function faultOfType(type: unknown): ReturnType<Shape> {
  const fault = oneOf(...Object.keys(shapes))(type);
  return fault && within('type', fault);
}

/** A feature made by hand may leave its type out; the fields tell. */
function typeByFields(feature: object): BackendFeature['type'] {
  if ('service' in feature) return 'service';
  if ('load' in feature) return 'loader';
  return 'moduleId' in feature ? 'module' : 'plugin';
}

function normaliseRegistration(type: 'plugin' | 'module', arrival: Arrival): NormalFeature | PlanProblem {
  const feature = arrival.feature as PluginFeature | ModuleFeature;
  const origin: FeatureOrigin = { ...arrival.origin, declaredAt: () => feature.declaredAt };
  const declaredPluginId = feature.pluginId;
  const pluginId = arrival.installAs ?? declaredPluginId;
  if (!isPluginId(pluginId)) return invalidId(origin, { kind: 'plugin', id: pluginId });
  const moduleId = type === 'module' ? (feature as ModuleFeature).moduleId : undefined;
  if (moduleId !== undefined && !isModuleId(moduleId)) {
    return invalidId(origin, { kind: 'module', id: moduleId }, { pluginId });
  }
  const owner: Owner = { pluginId, ...(moduleId !== undefined && { moduleId }) };
  let registered: unknown;
  try {
    registered = feature.getRegistration();
  } catch (error) {
    return registerFailed(origin, owner, error);
  }
  const fault = registrations[type](registered);
  if (fault) return invalidRegistration(origin, owner, fault);
  return { type, pluginId, declaredPluginId, moduleId, registration: registered, origin } as NormalFeature;
}

/** The plugin or module that a malformed feature belongs to, as far as it says so itself. */
function ownerOf({ feature, installAs }: Arrival): Owner | undefined {
  const { pluginId, moduleId } = feature as { pluginId?: unknown; moduleId?: unknown };
  const id = installAs ?? pluginId;
  if (!isPluginId(id)) return undefined;
  return isModuleId(moduleId) ? { pluginId: id, moduleId } : { pluginId: id };
}
