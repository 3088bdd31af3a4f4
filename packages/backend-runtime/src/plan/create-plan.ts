import type { InitRegistration } from '@bulkhead/backend-plugin-api';
import type { ServiceCatalog, ServiceProvider } from '../container/service-catalog.ts';
import { orderServices, reachableFrom } from '../container/service-graph.ts';
import type { NormalModule, NormalPlugin } from '../intake/normal-feature.ts';
import {
  consumedExtensionPoints,
  isExtensionPoint,
  moduleGraph,
  offeredExtensionPoints,
} from '../validate/extension-points.ts';
import type { Installation, Installations } from '../validate/installations.ts';
import type {
  LeftOut,
  Plan,
  PlannedExtensionPoint,
  PlannedFeature,
  PlannedModule,
  PlannedPlugin,
  PlannedService,
} from './plan.ts';

/**
 * Lays down what will be started. Where something is not sound, the plan still says what is there; what waits for
 * itself stands in an arbitrary order then.
 */
export function createPlan(installations: Installations, catalog: ServiceCatalog, leftOut: readonly LeftOut[]): Plan {
  const planned = Array.from(installations.values(), planInstallation);
  const plugins = planned.map(({ plugin }) => plugin);
  return {
    services: planServices(plugins, catalog),
    plugins,
    extensionPoints: planned.flatMap(({ extensionPoints }) => extensionPoints),
    leftOut,
  };
}

/** When the instance of a factory is made; root services at start-up and plugin services on demand unless it says. */
export function initializationOf({ factory }: ServiceProvider): 'always' | 'lazy' {
  return factory.initialization ?? (factory.service.scope === 'root' ? 'always' : 'lazy');
}

/** Ids of the services among the dependencies of an init. */
export function servicesOf({ deps }: InitRegistration): string[] {
  return Object.values(deps)
    .filter((dependency) => !isExtensionPoint(dependency))
    .map(({ id }) => id);
}

function planServices(plugins: readonly PlannedPlugin[], catalog: ServiceCatalog): PlannedService[] {
  const always = catalog
    .providers()
    .filter((provider) => initializationOf(provider) === 'always')
    .filter(({ factory }) => factory.service.scope === 'root' || plugins.length > 0)
    .map(({ factory }) => factory.service.id);
  const needed = plugins.flatMap((plugin) => [plugin, ...plugin.modules]).flatMap(({ services }) => services);
  const order = orderServices(catalog, reachableFrom(catalog, [...always, ...needed]));
  const planned = order.flatMap((id) => catalog.providersOf(id).map(planService));
  return [...planned.filter(({ scope }) => scope === 'root'), ...planned.filter(({ scope }) => scope === 'plugin')];
}

function planService(provider: ServiceProvider): PlannedService {
  const { service, deps } = provider.factory;
  return {
    id: service.id,
    scope: service.scope,
    multiton: service.multiton ?? false,
    initialization: initializationOf(provider),
    origin: provider.origin,
    deps: Object.values(deps).map(({ id }) => id),
  };
}

function planInstallation({ plugin, modules }: Installation): {
  plugin: PlannedPlugin;
  extensionPoints: PlannedExtensionPoint[];
} {
  const { pluginId } = plugin;
  const users = usersOfExtensionPoints(modules);
  return {
    plugin: Object.assign(planFeature(plugin), { pluginId, modules: planModules(modules, users) }),
    extensionPoints: [plugin, ...modules].flatMap((feature) =>
      offeredExtensionPoints(feature).map((id) => ({
        id,
        pluginId,
        ...(feature.type === 'module' && { moduleId: feature.moduleId }),
        usedBy: users.get(id) ?? [],
      })),
    ),
  };
}

/** Which modules use which extension point. */
function usersOfExtensionPoints(modules: readonly NormalModule[]): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const { moduleId, registration } of modules) {
    for (const id of consumedExtensionPoints(registration.init)) {
      const present = users.get(id);
      if (present) present.push(moduleId);
      else users.set(id, [moduleId]);
    }
  }
  return users;
}

function planModules(modules: readonly NormalModule[], users: ReadonlyMap<string, readonly string[]>): PlannedModule[] {
  const order = modules.length > 1 ? moduleGraph(modules).order() : modules;
  return order.map((module) => {
    const feature = planFeature(module);
    return Object.assign(feature, {
      moduleId: module.moduleId,
      uses: consumedExtensionPoints(module.registration.init),
      after: [...new Set(feature.extensionPoints.flatMap((id) => users.get(id) ?? []))],
    });
  });
}

function planFeature(feature: NormalPlugin | NormalModule): PlannedFeature {
  const { origin, declaredPluginId, registration } = feature;
  return {
    position: origin.position,
    loaders: origin.loaders,
    get declaredAt() {
      return origin.declaredAt?.();
    },
    get package() {
      return packageOf(feature);
    },
    declaredPluginId,
    services: servicesOf(registration.init),
    extensionPoints: offeredExtensionPoints(feature),
  };
}

function packageOf({ origin, ...feature }: NormalPlugin | NormalModule): PlannedFeature['package'] {
  const { pluginId } = feature;
  const owner = 'moduleId' in feature ? { pluginId, moduleId: feature.moduleId } : { pluginId };
  const { name, version, folder } = origin.package?.(owner) ?? {};
  return name === undefined || version === undefined ? undefined : { name, version, ...(folder && { folder }) };
}
