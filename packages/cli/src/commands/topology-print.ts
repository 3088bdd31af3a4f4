import { noTopology } from '../errors.ts';
import type { ConfigOptions } from '../host/load-host-config.ts';
import { writeProblems } from '../output.ts';
import { describeTopology, type TopologyDescription } from '../topology/describe-topology.ts';
import { loadHostTopology } from '../topology/load-host-topology.ts';
import { renderTopologyAsJson, renderTopologyAsMermaid, renderTopologyAsText } from '../topology/render-topology.ts';

/** Options of `bulkhead topology print`. */
export interface TopologyPrintOptions extends ConfigOptions {
  readonly format: 'text' | 'json' | 'mermaid';
}

const RENDERERS: Readonly<Record<TopologyPrintOptions['format'], (topology: TopologyDescription) => string>> = {
  text: renderTopologyAsText,
  json: renderTopologyAsJson,
  mermaid: renderTopologyAsMermaid,
};

/** Prints the processes of the topology. */
export async function topologyPrint({ format, ...options }: TopologyPrintOptions): Promise<void> {
  const { topology, problems } = await loadHostTopology(options);
  writeProblems(problems);
  if (topology) process.stdout.write(RENDERERS[format](describeTopology(topology)));
  else if (problems.length === 0) throw noTopology();
}
