/**
 * Which process runs which plugins.
 *
 * @packageDocumentation
 */

// The service
export { topologyServiceRef, type OwnProcess, type PluginLocation, type TopologyService } from './topology-service.ts';
export { createTopologyServiceFactory, topologyServiceFactory } from './topology-service-factory.ts';
export { DefaultTopologyService, type DefaultTopologyServiceOptions } from './default-topology-service.ts';

// The configuration
export { placesIn, readTopology, type TopologyReading } from './read-topology.ts';
export {
  doorOf,
  processOf,
  replicaName,
  type Topology,
  type TopologyProcess,
  type TopologyReplica,
} from './topology.ts';
export { checkPlugins, type HostPlugins } from './check-plugins.ts';
export {
  readProcessSelection,
  selectProcess,
  type ProcessSelection,
  type SelectedProcess,
} from './process-selection.ts';
