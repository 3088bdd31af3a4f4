import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { replicaName } from '../topology/topology.ts';
import { topologyServiceRef } from '../topology/topology-service.ts';
import { DefaultRootHealthService } from './default-root-health-service.ts';

/** Provides {@link coreServices.rootHealth}. */
export const rootHealthServiceFactory = createServiceFactory({
  service: coreServices.rootHealth,
  deps: {
    host: coreServices.rootHost,
    indicators: coreServices.rootHealthIndicators,
    topology: topologyServiceRef,
  },
  factory: ({ host, indicators, topology }) => {
    const { own } = topology;
    return new DefaultRootHealthService(host, indicators, own && replicaName(own.name, own));
  },
});
