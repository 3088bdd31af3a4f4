import type { Config } from '@bulkhead/config';
import { readTopology, selectProcess, type ProcessSelection } from '@bulkhead/core-services/topology';

/** Whether all plugins share this process (`single`) or some of them run elsewhere (`split`). */
export type DeploymentKind = 'single' | 'split';

/**
 * The kind of deployment that a configuration describes.
 *
 * @param selection - which process of the topology this one is; without one it runs everything, whatever the topology
 *   says
 */
export function deploymentKindOf(config: Config | undefined, selection?: ProcessSelection): DeploymentKind {
  const hasEndpoints = (config?.getOptionalConfigArray('discovery.endpoints') ?? []).length > 0;
  return hasEndpoints || (selection && isOneOfSeveral(config, selection)) ? 'split' : 'single';
}

/** A topology of one process, with one replica, is as good as none. */
function isOneOfSeveral(config: Config | undefined, selection: ProcessSelection): boolean {
  const { topology } = config ? readTopology(config) : {};
  const selected = selectProcess(topology, selection);
  return !selected.problem && topology!.processes.flatMap(({ replicas }) => replicas).length > 1;
}
