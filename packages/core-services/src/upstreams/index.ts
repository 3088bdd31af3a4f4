export { upstreamsServiceFactory } from './upstreams-service-factory.ts';
export { upstreamsServiceRef, type UpstreamOutcome, type UpstreamsService } from './upstreams-service.ts';
export { DefaultUpstreamsService, type UpstreamsOptions } from './default-upstreams-service.ts';
export { DEFAULT_UPSTREAMS_SETTINGS, readUpstreamsSettings, type UpstreamsSettings } from './upstreams-settings.ts';
export type { DirectConnections } from './direct/direct-connections.ts';
export type { DirectFailure, DirectReceiver, DirectRequest } from './direct/direct-request.ts';
