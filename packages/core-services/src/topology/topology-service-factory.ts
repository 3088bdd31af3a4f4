import { coreServices, createServiceFactory, type ServiceFactory } from '@bulkhead/backend-plugin-api';
import { discoveryEndpointsServiceRef } from '../discovery/discovery-endpoints.ts';
import { DefaultTopologyService } from './default-topology-service.ts';
import { readProcessSelection, type ProcessSelection } from './process-selection.ts';
import { topologyServiceRef, type TopologyService } from './topology-service.ts';

/**
 * Makes a factory for {@link topologyServiceRef}.
 *
 * @param selection - tells which process of the topology this one is; asked once, when the service is made
 */
export function createTopologyServiceFactory(
  selection: () => ProcessSelection | undefined,
): ServiceFactory<TopologyService, 'root'> {
  return createServiceFactory({
    service: topologyServiceRef,
    deps: {
      config: coreServices.rootConfig,
      logger: coreServices.rootLogger,
      host: coreServices.rootHost,
      endpoints: discoveryEndpointsServiceRef,
    },
    factory: (deps): TopologyService => new DefaultTopologyService({ ...deps, selection: selection() }),
  });
}

/** Provides {@link topologyServiceRef}: the process that `BULKHEAD_PROCESS` and `BULKHEAD_REPLICA` name, else all of it. */
export const topologyServiceFactory: ServiceFactory<TopologyService, 'root'> = createTopologyServiceFactory(() =>
  readProcessSelection(process.env),
);
