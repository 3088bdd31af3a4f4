import type { FeatureOrigin, NormalModule, NormalPlugin } from '../intake/normal-feature.ts';
import { groupBy } from '../graph/group-by.ts';
import type { PlanProblem } from '../problems/plan-problem.ts';
import { duplicateModule, duplicatePlugin, missingPlugin } from '../problems/plugin-problems.ts';

/** A plugin and the modules that extend it. */
export interface Installation {
  readonly plugin: NormalPlugin;
  /** In the order in which they were added. */
  readonly modules: readonly NormalModule[];
}

/** What is installed under which plugin id, in the order in which the plugins were added. */
export type Installations = ReadonlyMap<string, Installation>;

/**
 * Brings modules to their plugins. Of a plugin or module that is there twice none is kept: nobody can say which one is
 * meant.
 *
 * @param broken - ids of plugins that are known but could not be registered; their modules are left out silently.
 */
export function combineInstallations(
  plugins: readonly NormalPlugin[],
  modules: readonly NormalModule[],
  broken: ReadonlySet<string>,
): { installations: Map<string, Installation>; problems: PlanProblem[] } {
  const problems: PlanProblem[] = [];
  const installations = new Map<string, { plugin: NormalPlugin; modules: NormalModule[] }>();
  const known = new Set(broken);

  for (const [pluginId, same] of groupBy(plugins, (plugin) => plugin.pluginId)) {
    known.add(pluginId);
    if (same.length === 1) installations.set(pluginId, { plugin: same[0]!, modules: [] });
    else problems.push(duplicatePlugin(pluginId, originsOf(same)));
  }
  for (const same of groupBy(modules, (module) => `${module.pluginId}/${module.moduleId}`).values()) {
    const module = same[0]!;
    const owner = { pluginId: module.pluginId, moduleId: module.moduleId };
    if (!known.has(module.pluginId)) problems.push(missingPlugin(owner, module.origin, installations.keys()));
    else if (same.length > 1) problems.push(duplicateModule(owner, originsOf(same)));
    else installations.get(module.pluginId)?.modules.push(module);
  }
  return { installations, problems };
}

function originsOf(features: readonly { readonly origin: FeatureOrigin }[]): FeatureOrigin[] {
  return features.map(({ origin }) => origin);
}
