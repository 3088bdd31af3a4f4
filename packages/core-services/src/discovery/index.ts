/**
 * Finds plugins.
 *
 * @packageDocumentation
 */

export { discoveryEndpointsServiceFactory, discoveryServiceFactory } from './discovery-service-factory.ts';
export { DefaultDiscoveryService, type DefaultDiscoveryServiceOptions } from './default-discovery-service.ts';
export {
  DefaultDiscoveryEndpointsService,
  discoveryEndpointsServiceRef,
  type DefaultDiscoveryEndpointsServiceOptions,
  type DiscoveryEndpointsService,
} from './discovery-endpoints.ts';
export { SrvResolver, type SrvResolverOptions } from './srv-resolver.ts';
