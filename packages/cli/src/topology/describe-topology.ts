import { doorOf, replicaName, type Topology } from '@bulkhead/core-services/topology';

/** A topology for tools that place processes: what `bulkhead topology print --format json` prints. */
export interface TopologyDescription {
  /** The URL under which users reach all plugins; absent when no process forwards. */
  readonly door?: string;
  readonly processes: readonly ProcessDescription[];
}

/** One entry of the topology. */
export interface ProcessDescription {
  readonly name: string;
  readonly forwards: boolean;
  /** Ids of the plugins. */
  readonly plugins: readonly string[];
  readonly replicas: readonly ReplicaDescription[];
}

/** One process. */
export interface ReplicaDescription {
  /** `todo.2`, or the name of the entry where it is the only one. */
  readonly name: string;
  /** From 1. */
  readonly replica: number;
  /** Under which URL the others reach it. */
  readonly baseUrl: string;
  /** Where it listens; `::` stands for all interfaces. */
  readonly listen: { readonly host: string; readonly port: number };
  /** What makes a host this process. */
  readonly environment: { readonly BULKHEAD_PROCESS: string; readonly BULKHEAD_REPLICA: string };
  /** Where to ask whether it is ready. */
  readonly readiness: string;
}

/** Says of a topology what there is to know for those who run its processes. */
export function describeTopology(topology: Topology): TopologyDescription {
  const door = doorOf(topology);
  return {
    ...(door !== undefined && { door }),
    processes: topology.processes.map(({ name, forwards, plugins, replicas }) => ({
      name,
      forwards,
      plugins,
      replicas: replicas.map(({ baseUrl, listen }, index) => ({
        name: replicaName(name, { replica: index + 1, replicas: replicas.length }),
        replica: index + 1,
        baseUrl,
        listen,
        environment: { BULKHEAD_PROCESS: name, BULKHEAD_REPLICA: String(index + 1) },
        readiness: `${baseUrl}/.bulkhead/health/readiness`,
      })),
    })),
  };
}
