export { discoveryServiceFactory } from './discovery-service-factory.ts';
export { DefaultDiscoveryService, type DefaultDiscoveryServiceOptions } from './default-discovery-service.ts';
