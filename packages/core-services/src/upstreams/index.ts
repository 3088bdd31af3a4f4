export { upstreamsServiceRef, type UpstreamOutcome, type UpstreamsService } from './upstreams-service.ts';
