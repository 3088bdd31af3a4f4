import { coreServices, createServiceFactory, type ServiceFactory } from '@bulkhead/backend-plugin-api';
import { invalidConfigValue, type Config } from '@bulkhead/config';
import { httpServerServiceRef } from '../http-server/http-server-service.ts';
import { topologyServiceRef } from '../topology/topology-service.ts';
import { upstreamsServiceRef } from '../upstreams/upstreams-service.ts';
import { DefaultDiscoveryService } from './default-discovery-service.ts';
import {
  DefaultDiscoveryEndpointsService,
  discoveryEndpointsServiceRef,
  type DiscoveryEndpointsService,
} from './discovery-endpoints.ts';
import { SrvResolver } from './srv-resolver.ts';

/** Provides {@link coreServices.discovery}: one instance for all plugins. */
export const discoveryServiceFactory = createServiceFactory({
  service: coreServices.discovery,
  deps: {
    config: coreServices.rootConfig,
    server: httpServerServiceRef,
    topology: topologyServiceRef,
    endpoints: discoveryEndpointsServiceRef,
    upstreams: upstreamsServiceRef,
  },
  createRootContext: ({ server, ...deps }) => new DefaultDiscoveryService({ ...deps, ownUrl: server.getAddress().url }),
  factory: (_deps, discovery) => discovery,
});

/** Provides {@link discoveryEndpointsServiceRef}. */
export const discoveryEndpointsServiceFactory: ServiceFactory<DiscoveryEndpointsService, 'root'> = createServiceFactory(
  {
    service: discoveryEndpointsServiceRef,
    deps: { config: coreServices.rootConfig, logger: coreServices.rootLogger },
    factory: ({ config, logger }): DiscoveryEndpointsService =>
      new DefaultDiscoveryEndpointsService({ config, logger, srv: createSrvResolver(config, logger) }),
  },
);

function createSrvResolver(
  config: Config,
  logger: ConstructorParameters<typeof SrvResolver>[0]['logger'],
): SrvResolver {
  const key = 'discovery.dnsServers';
  try {
    return new SrvResolver({ logger, servers: config.getOptionalStringArray(key) });
  } catch (error) {
    // Node.js throws one for what is no address.
    if ((error as Error).name !== 'TypeError') throw error;
    throw invalidConfigValue(config, key, {
      expected: 'a list of addresses',
      hint: "As in ['127.0.0.1:8600', '[::1]:53']. Names are what these servers are asked for.",
    });
  }
}
