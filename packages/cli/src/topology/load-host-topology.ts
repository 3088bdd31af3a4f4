import { attachCompanion } from '@bulkhead/core-services/root-config';
import { readTopology, type Topology } from '@bulkhead/core-services/topology';
import type { Problem } from '@bulkhead/errors';
import { loadHostConfig, loadHostSchema, type ConfigOptions } from '../host/load-host-config.ts';

/** The topology of the host around the working directory. */
export interface HostTopology {
  /** `undefined` without one, and with one that is faulty. */
  readonly topology: Topology | undefined;
  /** What is wrong with it, as far as the configuration alone tells. */
  readonly problems: readonly Problem[];
}

/** Reads the topology; reads manifests and schemas only, and needs no build. */
export async function loadHostTopology(options: ConfigOptions): Promise<HostTopology> {
  const loaded = await loadHostConfig(loadHostSchema(), options);
  const config = attachCompanion(loaded.config, {
    secrets: () => loaded.secrets(),
    sourceOf: (path) => loaded.sourceOf(path),
  });
  const { topology, problems } = readTopology(config);
  // Somebody who wants to know where things run need not have what the rest of the configuration asks for.
  const relevant = loaded.problems.filter(({ path }) => path === undefined || path[0] === 'topology');
  const distinct = new Map([...relevant, ...problems].map((problem) => [JSON.stringify(problem), problem]));
  return { topology: distinct.size === 0 ? topology : undefined, problems: [...distinct.values()] };
}
