export { topologyServiceRef, type PluginLocation, type TopologyService } from './topology-service.ts';
