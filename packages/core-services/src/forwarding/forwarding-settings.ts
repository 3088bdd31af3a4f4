import type { Config } from '@bulkhead/config';
import { readUpstreamsSettings } from '../upstreams/upstreams-settings.ts';

/** What forwarding keeps to. Times are in milliseconds. */
export interface ForwardingSettings {
  /** How many requests may be under way to one origin. */
  readonly connections: number;
  /** How long the head of a response may take; 0 for ever. */
  readonly headersTimeout: number;
}

/** Reads `backend.upstreams`. @throws BulkheadError `ERR_CONFIG_VALUE`, `ERR_CONFIG_TYPE` */
export function readForwardingSettings(config: Config): ForwardingSettings {
  const { connections, headersTimeout } = readUpstreamsSettings(config);
  return { connections, headersTimeout };
}
