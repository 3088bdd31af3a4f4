import type { Plan, PlanCheck, PlanProblem, PluginSelection } from '@bulkhead/backend-runtime';
import {
  checkPlugins,
  placesIn,
  readTopology,
  selectProcess,
  type HostPlugins,
  type ProcessSelection,
} from '@bulkhead/core-services/topology';

/**
 * Checks `topology`: that it makes sense, that each plugin of the host stands in one process, and that it has the
 * process that this one is to be.
 *
 * @param selection - the process that this one is to be, if it is one of the topology
 */
export function createTopologyCheck(selection?: ProcessSelection): PlanCheck {
  return (plan, { rootConfig, isIncomplete = false }) => {
    if (!rootConfig) return [];
    const at = placesIn(rootConfig);
    const { topology, placement, problems } = readTopology(rootConfig);
    const found: PlanProblem[] = [...problems];
    if (placement) found.push(...checkPlugins(placement, pluginsOf(plan, isIncomplete), rootConfig));
    // Which processes there are is uncertain while the topology is faulty.
    const selected = selection && problems.length === 0 ? selectProcess(topology, selection) : undefined;
    const problem = selected?.problem;
    if (problem) found.push(problem.path ? { ...problem, ...at(problem.path) } : problem);
    return found;
  };
}

/** Selects the plugins of one process of the topology; all of them where that cannot be told, which a check reports. */
export function createPluginSelection(selection: ProcessSelection | undefined): PluginSelection | undefined {
  if (!selection) return undefined;
  return ({ rootConfig }) => {
    const selected = rootConfig && selectProcess(readTopology(rootConfig).topology, selection);
    if (!selected || selected.problem) return () => true;
    const plugins = new Set(selected.process.plugins);
    return (pluginId) => plugins.has(pluginId);
  };
}

function pluginsOf({ plugins, leftOut }: Plan, isIncomplete: boolean): HostPlugins {
  const others = leftOut.filter(({ moduleId }) => moduleId === undefined);
  const elsewhere = others.filter(({ reason }) => reason === 'unselected');
  return {
    required: [...plugins, ...elsewhere].map(({ pluginId }) => pluginId),
    optional: others.map(({ pluginId }) => pluginId),
    isIncomplete,
  };
}
