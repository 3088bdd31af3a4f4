import { nearestName, type Problem } from '@bulkhead/errors';
import { noSuchProcess, noSuchReplica, noTopology } from './errors.ts';
import type { Topology, TopologyProcess } from './topology.ts';

/** Which process of the topology this one is to be. */
export interface ProcessSelection {
  readonly name: string;
  /** Which of several that are alike, from 1, as it was written. Default: the first. */
  readonly replica?: string;
}

/** What a selection comes down to. */
export type SelectedProcess =
  | { readonly process: TopologyProcess; readonly replica: number; readonly problem?: undefined }
  | { readonly problem: Problem };

/** Reads `BULKHEAD_PROCESS` and `BULKHEAD_REPLICA`. `undefined`: this process runs everything. */
export function readProcessSelection(env: NodeJS.ProcessEnv): ProcessSelection | undefined {
  const { BULKHEAD_PROCESS: name, BULKHEAD_REPLICA: replica } = env;
  return name ? { name, ...(replica && { replica }) } : undefined;
}

/** Finds the process that is meant, or says why there is none. */
export function selectProcess(
  topology: Topology | undefined,
  { name, replica = '1' }: ProcessSelection,
): SelectedProcess {
  if (!topology) return { problem: noTopology(name) };
  const found = topology.processes.find((process) => process.name === name);
  if (!found) {
    const names = topology.processes.map((process) => process.name);
    return { problem: noSuchProcess(name, nearestName(name, names), names) };
  }
  const number = /^[1-9]\d{0,5}$/.test(replica) ? Number(replica) : NaN;
  if (!(number <= found.replicas.length)) return { problem: noSuchReplica(found, replica) };
  return { process: found, replica: number };
}
