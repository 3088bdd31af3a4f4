import type { AnyServiceRef, ExtensionPoint, InitRegistration } from '@bulkhead/backend-plugin-api';
import { DependencyGraph } from '../graph/dependency-graph.ts';
import type { NormalModule, NormalPlugin } from '../intake/normal-feature.ts';
import type { Owner, PlanProblem } from '../problems/plan-problem.ts';
import {
  duplicateExtensionPoint,
  extensionPointOfPlugin,
  foreignExtensionPoint,
  moduleCycle,
  unknownExtensionPoint,
  type Installed,
} from '../problems/plugin-problems.ts';
import type { Installation, Installations } from './installations.ts';

type Dependency = AnyServiceRef | ExtensionPoint<unknown>;

/** Whether a dependency is an extension point rather than a service. */
export function isExtensionPoint(dependency: Dependency): dependency is ExtensionPoint<unknown> {
  return dependency.$$type === '@bulkhead/ExtensionPoint';
}

/** Ids of the extension points among the dependencies of an init. */
export function consumedExtensionPoints({ deps }: InitRegistration): string[] {
  return Object.values(deps)
    .filter(isExtensionPoint)
    .map(({ id }) => id);
}

/** Ids of the extension points that a plugin or module registers. */
export function offeredExtensionPoints({ registration }: NormalPlugin | NormalModule): string[] {
  return registration.extensionPoints.map(({ extensionPoint }) => extensionPoint.id);
}

/** All that is wrong with extension points: registered twice, unknown, of another plugin, or in a ring. */
export function findExtensionPointProblems(installations: Installations): PlanProblem[] {
  const { owners, problems } = indexOwners(installations);
  for (const installation of installations.values()) {
    problems.push(...findDependencyProblems(installation, owners), ...findModuleCycles(installation));
  }
  return problems;
}

/**
 * The graph by which the modules of a plugin start. One that registers an extension point starts after all that use
 * it, so that it sees what they have left there.
 */
export function moduleGraph(modules: readonly NormalModule[]): DependencyGraph<NormalModule> {
  return new DependencyGraph(
    modules.map((module) => ({
      value: module,
      provides: consumedExtensionPoints(module.registration.init),
      consumes: offeredExtensionPoints(module),
    })),
  );
}

/** Whoever registers an extension point first owns its id; further instances of the same feature share it. */
function indexOwners(installations: Installations): {
  owners: Map<string, NormalPlugin | NormalModule>;
  problems: PlanProblem[];
} {
  const owners = new Map<string, NormalPlugin | NormalModule>();
  const problems: PlanProblem[] = [];
  const features = Array.from(installations.values()).flatMap(({ plugin, modules }) => [plugin, ...modules]);
  for (const feature of features) {
    for (const id of offeredExtensionPoints(feature)) {
      const first = owners.get(id);
      if (!first) owners.set(id, feature);
      else if (!isInstanceOfSame(first, feature)) {
        problems.push(duplicateExtensionPoint(id, installed(feature), installed(first)));
      }
    }
  }
  return { owners, problems };
}

function findDependencyProblems(
  { plugin, modules }: Installation,
  owners: ReadonlyMap<string, NormalPlugin | NormalModule>,
): PlanProblem[] {
  const ofPlugin = consumedExtensionPoints(plugin.registration.init);
  const problems = ofPlugin.map((id) => extensionPointOfPlugin(id, installed(plugin)));
  if (modules.length === 0) return problems;
  const offered = new Set([plugin, ...modules].flatMap(offeredExtensionPoints));
  for (const module of modules) {
    for (const id of consumedExtensionPoints(module.registration.init)) {
      if (offered.has(id)) continue;
      const owner = owners.get(id);
      problems.push(
        owner
          ? foreignExtensionPoint(id, installed(module), installed(owner))
          : unknownExtensionPoint(id, installed(module), offered),
      );
    }
  }
  return problems;
}

function findModuleCycles({ plugin, modules }: Installation): PlanProblem[] {
  if (modules.length === 0) return [];
  const rings = moduleGraph(modules).findCycles();
  return rings.map((ring) =>
    moduleCycle(
      plugin.pluginId,
      ring.map(({ moduleId }) => moduleId),
    ),
  );
}

function isInstanceOfSame(a: NormalPlugin | NormalModule, b: NormalPlugin | NormalModule): boolean {
  return (
    a.pluginId !== b.pluginId &&
    a.declaredPluginId === b.declaredPluginId &&
    ownerOf(a).moduleId === ownerOf(b).moduleId
  );
}

function installed(feature: NormalPlugin | NormalModule): Installed {
  return { owner: ownerOf(feature), origin: feature.origin };
}

function ownerOf(feature: NormalPlugin | NormalModule): Owner {
  return feature.type === 'plugin'
    ? { pluginId: feature.pluginId }
    : { pluginId: feature.pluginId, moduleId: feature.moduleId };
}
