export { upstreamsServiceFactory } from './upstreams-service-factory.ts';
export { upstreamsServiceRef, type UpstreamOutcome, type UpstreamsService } from './upstreams-service.ts';
export { DefaultUpstreamsService, type UpstreamsOptions } from './default-upstreams-service.ts';
export { DEFAULT_UPSTREAMS_SETTINGS, readUpstreamsSettings, type UpstreamsSettings } from './upstreams-settings.ts';
