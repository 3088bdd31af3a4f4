import { nearestName, type Problem } from '@bulkhead/errors';
import type { Config } from '@bulkhead/config';
import { unknownPlugin, unplacedPlugin } from './errors.ts';
import { placesIn } from './read-topology.ts';
import type { Topology } from './topology.ts';

/** The plugins of a host. */
export interface HostPlugins {
  /** Ids of those that must run somewhere. */
  readonly required: readonly string[];
  /** Ids of those that need not: they are switched off. */
  readonly optional: readonly string[];
  /** Whether there are more that nobody knows. */
  readonly isIncomplete?: boolean;
}

/**
 * Holds a topology against the plugins of the host: each must stand in a process, and none may stand there that is not.
 *
 * @param config - that the topology was read from; tells the places
 */
export function checkPlugins(topology: Topology, plugins: HostPlugins, config: Config): Problem[] {
  const { required, optional, isIncomplete = false } = plugins;
  const at = placesIn(config);
  const names = topology.processes.map(({ name }) => name);
  const placed = new Set(topology.processes.flatMap(({ plugins }) => plugins));
  const known = [...required, ...optional];
  const unplaced = required
    .filter((pluginId) => !placed.has(pluginId))
    .map((pluginId) => unplacedPlugin(at(['topology']), pluginId, names));
  const unknown = topology.processes.flatMap(({ name, plugins: named }) =>
    named.flatMap((pluginId, index) =>
      isIncomplete || known.includes(pluginId)
        ? []
        : [unknownPlugin(at(['topology', name, 'plugins', String(index)]), pluginId, nearestName(pluginId, known))],
    ),
  );
  return [...unplaced, ...unknown];
}
