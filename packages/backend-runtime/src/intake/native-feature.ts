import {
  isModuleId,
  isPluginId,
  isServiceId,
  type BackendFeature,
  type ModuleFeature,
  type PluginFeature,
} from '@bulkhead/backend-plugin-api';
import { invalidFeature, invalidId, invalidInstallation, invalidRegistration, registerFailed } from '../problems.ts';
import type { Owner, PlanProblem } from '../problems.ts';
import type { FeatureOrigin, NormalFeature } from './normal-feature.ts';
import { arrayOf, fields, kind, oneOf, optional, recordOf, type Shape } from './shape.ts';

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

const registration = fields({
  extensionPoints: arrayOf(fields({ extensionPoint: ref, factory: kind('function') })),
  init: fields({ deps: recordOf(ref), run: kind('function') }),
});

/**
 * Brings a native feature into normal form. Runs the `register` of a plugin or module: call it once for each
 * installation.
 *
 * @param installAs - the id under which a plugin is installed, or of the plugin that a module joins.
 */
export function normaliseNativeFeature(
  value: object,
  origin: FeatureOrigin,
  installAs: string | undefined,
): NormalFeature | PlanProblem {
  const feature = value as BackendFeature;
  const type = feature.type ?? typeByFields(value);
  if (!Object.hasOwn(shapes, type)) {
    const fault = oneOf(...Object.keys(shapes))(type, 'type');
    return invalidFeature(origin, fault!, ownerOf(value, installAs));
  }
  const fault = shapes[type](feature, '');
  if (fault) return invalidFeature(origin, fault, ownerOf(value, installAs));
  if (type === 'plugin' || type === 'module') {
    return normaliseRegistration(type, feature as PluginFeature | ModuleFeature, origin, installAs);
  }
  if (installAs !== undefined)
    return invalidInstallation(origin, type === 'service' ? 'service factory' : 'feature loader');
  if (type === 'loader') return { type, loader: feature as never, origin };
  const { id } = (feature as { service: { id: string } }).service;
  return isServiceId(id) ? { type, factory: feature as never, origin } : invalidId(origin, 'service', id);
}

/** A feature made by hand may leave its type out; the fields tell. */
function typeByFields(feature: object): BackendFeature['type'] | undefined {
  if ('service' in feature) return 'service';
  if ('load' in feature) return 'loader';
  if ('getRegistration' in feature) return 'moduleId' in feature ? 'module' : 'plugin';
  return undefined;
}

function normaliseRegistration(
  type: 'plugin' | 'module',
  feature: PluginFeature | ModuleFeature,
  added: FeatureOrigin,
  installAs: string | undefined,
): NormalFeature | PlanProblem {
  const origin: FeatureOrigin = { ...added, declaredAt: () => feature.declaredAt };
  const declaredPluginId = feature.pluginId;
  const pluginId = installAs ?? declaredPluginId;
  const moduleId = type === 'module' ? (feature as ModuleFeature).moduleId : undefined;
  const owner: Owner = { pluginId, ...(moduleId !== undefined && { moduleId }) };
  if (!isPluginId(pluginId)) return invalidId(origin, 'plugin', pluginId);
  if (moduleId !== undefined && !isModuleId(moduleId)) return invalidId(origin, 'module', moduleId, owner);
  let registered;
  try {
    registered = feature.getRegistration();
  } catch (error) {
    return registerFailed(origin, owner, error);
  }
  const fault =
    oneOf(type, undefined)((registered as { type?: unknown } | null)?.type, 'type') ?? registration(registered, '');
  if (fault) return invalidRegistration(origin, owner, fault);
  return { type, pluginId, declaredPluginId, moduleId, registration: registered, origin } as NormalFeature;
}

/** The plugin or module that a malformed feature belongs to, as far as it says so itself. */
function ownerOf(feature: object, installAs: string | undefined): Owner | undefined {
  const { pluginId = undefined, moduleId = undefined } = feature as { pluginId?: unknown; moduleId?: unknown };
  const id = installAs ?? pluginId;
  if (!isPluginId(id)) return undefined;
  return isModuleId(moduleId) ? { pluginId: id, moduleId } : { pluginId: id };
}
