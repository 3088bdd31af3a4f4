import type { ListenOptions } from '../http-server/listen-address.ts';

/** Which process runs which plugins, as `topology` says. */
export interface Topology {
  /** In the order of the configuration. */
  readonly processes: readonly TopologyProcess[];
}

/** One entry of the topology: a process, or several that are alike. */
export interface TopologyProcess {
  readonly name: string;
  /** Ids of the plugins that it runs, with their modules. */
  readonly plugins: readonly string[];
  /** Whether it sends requests for plugins that run elsewhere on to them. */
  readonly forwards: boolean;
  /** The processes that run the entry. One or more; they are counted from 1. */
  readonly replicas: readonly TopologyReplica[];
}

/** One process. */
export interface TopologyReplica {
  /** Under which URL the others reach it, without a trailing slash. */
  readonly baseUrl: string;
  /** Where it listens. */
  readonly listen: ListenOptions;
}

/** The process that runs a plugin, if one does. */
export function processOf({ processes }: Topology, pluginId: string): TopologyProcess | undefined {
  return processes.find(({ plugins }) => plugins.includes(pluginId));
}

/** The URL under which users reach all plugins: that of the first process that forwards. */
export function doorOf({ processes }: Topology): string | undefined {
  return processes.find(({ forwards }) => forwards)?.replicas[0]?.baseUrl;
}

/** How people call one process: `edge`, and `todo.2` where there are several alike. */
export function replicaName(
  name: string,
  { replica, replicas }: { readonly replica: number; readonly replicas: number },
): string {
  return replicas === 1 ? name : `${name}.${replica}`;
}
