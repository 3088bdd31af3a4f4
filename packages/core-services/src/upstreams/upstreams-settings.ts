import { invalidConfigValue, readOptionalDuration, type Config } from '@bulkhead/config';

/** How this process treats the other ones. Times are in milliseconds. */
export interface UpstreamsSettings {
  /** How many connections there may be to one origin. */
  readonly connections: number;
  /** How long a connection may take to be made. */
  readonly connectTimeout: number;
  /** How long a connection may idle, where the other side does not say how long it waits. */
  readonly keepAliveTimeout: number;
  /** How long the head of a response may take; 0 for ever. */
  readonly headersTimeout: number;
  /** How long nothing may come of a response that has begun; 0 for ever. */
  readonly bodyTimeout: number;
  /** How often the health of origins is asked for; 0 for never. */
  readonly healthInterval: number;
  /** How long the answer to that may take, and to the question whether anybody is there, on a new connection. */
  readonly healthTimeout: number;
}

const SECOND = 1_000;

/** What holds where nothing is configured. */
export const DEFAULT_UPSTREAMS_SETTINGS: UpstreamsSettings = {
  // A stream of events holds a connection for as long as it lasts.
  connections: 1_000,
  connectTimeout: 5 * SECOND,
  keepAliveTimeout: 4 * SECOND,
  // Long polls end well before; what takes longer has hung.
  headersTimeout: 300 * SECOND,
  // A stream of events may be silent for any length of time. That the peer is there is seen to by TCP.
  bodyTimeout: 0,
  healthInterval: 5 * SECOND,
  healthTimeout: 2 * SECOND,
};

/** Reads `backend.upstreams`. @throws BulkheadError `ERR_CONFIG_VALUE`, `ERR_CONFIG_TYPE` */
export function readUpstreamsSettings(config: Config): UpstreamsSettings {
  const section = config.getOptionalConfig('backend.upstreams');
  if (!section) return DEFAULT_UPSTREAMS_SETTINGS;
  const duration = (key: string, fallback: number): number => readOptionalDuration(section, key) ?? fallback;
  const defaults = DEFAULT_UPSTREAMS_SETTINGS;
  return {
    connections: readConnections(section),
    connectTimeout: readPositive(section, 'connectTimeout', defaults.connectTimeout),
    keepAliveTimeout: readPositive(section, 'keepAliveTimeout', defaults.keepAliveTimeout),
    headersTimeout: duration('headersTimeout', defaults.headersTimeout),
    bodyTimeout: duration('bodyTimeout', defaults.bodyTimeout),
    healthInterval: duration('healthCheck.interval', defaults.healthInterval),
    healthTimeout: readPositive(section, 'healthCheck.timeout', defaults.healthTimeout),
  };
}

function readConnections(section: Config): number {
  const connections = section.getOptionalNumber('connections') ?? DEFAULT_UPSTREAMS_SETTINGS.connections;
  if (Number.isInteger(connections) && connections > 0) return connections;
  throw invalidConfigValue(section, 'connections', { expected: 'a whole number from 1' });
}

function readPositive(section: Config, key: string, fallback: number): number {
  const milliseconds = readOptionalDuration(section, key) ?? fallback;
  if (milliseconds > 0) return milliseconds;
  throw invalidConfigValue(section, key, { expected: 'a duration above 0' });
}
