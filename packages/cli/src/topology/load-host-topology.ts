import type { LoadedConfig } from '@bulkhead/config-loader';
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
  const { topology, problems } = readLoadedTopology(loaded);
  // Somebody who wants to know where things run need not have what the rest of the configuration asks for.
  const relevant = loaded.problems.filter(({ path }) => path === undefined || path[0] === 'topology');
  const all = withoutRepetitions([...relevant, ...problems]);
  return { topology: all.length === 0 ? topology : undefined, problems: all };
}

/** The topology in a configuration. What is wrong with it in ways that a schema cannot tell is among its problems. */
export function readLoadedTopology(loaded: LoadedConfig): HostTopology {
  const config = attachCompanion(loaded.config, {
    secrets: () => loaded.secrets(),
    sourceOf: (path) => loaded.sourceOf(path),
  });
  return readTopology(config);
}

/** What breaks the schema, both checks find, and tell it in the same words. */
export function withoutRepetitions(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
