import type { SecureContextOptions } from 'node:tls';
import { invalidConfigValue, readBytes, readOptionalBytes, readOptionalDuration, type Config } from '@bulkhead/config';
import { readListenOptions, type ListenOptions } from './listen-address.ts';

/** The server's part of the configuration. Times are milliseconds, sizes bytes. */
export interface HttpServerSettings {
  readonly listen: ListenOptions;
  /** Key and certificate, where the server speaks HTTPS. */
  readonly https: SecureContextOptions | undefined;
  /** Whether users come over HTTPS, be it that a proxy in front of the host speaks it. */
  readonly secure: boolean;
  /** Until the head of a request must have arrived. */
  readonly headersTimeout: number;
  /** Until all of a request must have arrived. */
  readonly requestTimeout: number;
  /** For how long a connection may idle between two requests. */
  readonly keepAliveTimeout: number;
  /** For how long nothing may move on a connection; 0 for ever. */
  readonly socketTimeout: number;
  readonly maxHeadersCount: number;
  readonly maxHeaderSize: number;
  /** After how many requests a connection is closed; 0 for never. */
  readonly maxRequestsPerSocket: number;
  /** `undefined` if nothing is configured. */
  readonly bodyLimit: number | undefined;
  readonly bodyLimits: ReadonlyMap<string, number>;
  /** Express's setting of that name: whose `x-forwarded-…` headers are believed. */
  readonly trustProxy: number | string | string[] | false;
  /** Express's setting of that name: which tags applications of Express 5 add to what has none. */
  readonly etag: 'weak' | 'strong' | false;
  /** For how long requests wait for a plugin that is not up yet. */
  readonly startupRequestPauseTimeout: number;
  /** For how long requests under way may go on once the process is told to stop. */
  readonly drainTimeout: number;
}

const SECOND = 1_000;

/**
 * Reads `backend.listen`, `backend.https`, `backend.baseUrl`, `backend.server`, `backend.trustProxy` and
 * `backend.lifecycle`.
 *
 * @throws BulkheadError `ERR_CONFIG_TYPE`, `ERR_CONFIG_VALUE`
 */
export function readHttpServerSettings(config: Config): HttpServerSettings {
  const https = readHttps(config);
  const duration = (key: string, fallback: number): number => readOptionalDuration(config, key) ?? fallback;
  const count = (key: string, fallback: number): number => config.getOptionalNumber(key) ?? fallback;
  return {
    listen: readListenOptions(config),
    https,
    secure: https !== undefined || /^https:/i.test(config.getOptionalString('backend.baseUrl') ?? ''),
    ...readRequestTimeouts(config),
    // Longer than the idle time of usual load balancers, which otherwise reuse a connection that is just being closed.
    keepAliveTimeout: duration('backend.server.keepAliveTimeout', 65 * SECOND),
    socketTimeout: duration('backend.server.timeout', 0),
    maxHeadersCount: count('backend.server.maxHeadersCount', 200),
    maxHeaderSize: readOptionalBytes(config, 'backend.server.maxHeaderSize') ?? 16 * 1024,
    maxRequestsPerSocket: count('backend.server.maxRequestsPerSocket', 0),
    bodyLimit: readOptionalBytes(config, 'backend.server.bodyLimit'),
    bodyLimits: readBodyLimits(config),
    trustProxy: readTrustProxy(config),
    etag: readEtag(config),
    startupRequestPauseTimeout: duration('backend.lifecycle.startupRequestPauseTimeout', 5 * SECOND),
    drainTimeout: duration(
      'backend.lifecycle.drainTimeout',
      // Less than a drain hook may take, so that the server itself decides what becomes of the rest.
      0.8 * duration('backend.lifecycle.shutdownTimeout', 10 * SECOND),
    ),
  };
}

/** The head is a part of the request: by default it has no longer than the whole. */
function readRequestTimeouts(config: Config): Pick<HttpServerSettings, 'headersTimeout' | 'requestTimeout'> {
  const key = 'backend.server.headersTimeout';
  const requestTimeout = readOptionalDuration(config, 'backend.server.requestTimeout') ?? 120 * SECOND;
  const longest = requestTimeout === 0 ? Infinity : requestTimeout;
  const headersTimeout = readOptionalDuration(config, key) ?? Math.min(15 * SECOND, longest);
  if (headersTimeout > longest) {
    throw invalidConfigValue(config, key, {
      expected: `at most ${longest / SECOND} s`,
      hint: 'The head is a part of the request: raise backend.server.requestTimeout, or lower this.',
    });
  }
  return { headersTimeout, requestTimeout };
}

function readBodyLimits(config: Config): ReadonlyMap<string, number> {
  const section = config.getOptionalConfig('backend.server.bodyLimits');
  return new Map((section?.keys() ?? []).map((pluginId) => [pluginId, readBytes(section!, pluginId)]));
}

function readHttps(config: Config): SecureContextOptions | undefined {
  const key = 'backend.https';
  const value = config.getOptional(key);
  if (value === undefined || value === false) {
    return undefined;
  }
  if (value === true) {
    throw invalidConfigValue(config, key, {
      expected: '{ certificate: { cert, key } }',
      hint: 'Certificates are not made here. Read yours in: certificate: { cert: { $file: cert.pem }, key: { $file: key.pem } }.',
    });
  }
  return {
    cert: config.getString(`${key}.certificate.cert`),
    key: config.getString(`${key}.certificate.key`),
    ca: config.getOptionalString(`${key}.certificate.ca`),
  };
}

function readEtag(config: Config): HttpServerSettings['etag'] {
  const key = 'backend.server.etag';
  const value = config.getOptional(key) ?? false;
  if (value === false || value === 'weak' || value === 'strong') {
    return value;
  }
  throw invalidConfigValue(config, key, {
    expected: "'weak', 'strong' or false",
    hint: "Write 'weak' for tags as Express makes them by default, or nothing.",
  });
}

function readTrustProxy(config: Config): HttpServerSettings['trustProxy'] {
  const key = 'backend.trustProxy';
  const value = config.getOptional(key);
  if (value === undefined || value === false) {
    return false;
  }
  if (value === true || (typeof value === 'object' && !Array.isArray(value))) {
    throw invalidConfigValue(config, key, {
      expected: 'a number of hops, an address, or a list of addresses',
      hint: "Anybody can send x-forwarded-for, so name the proxies to believe: 1, 'loopback', or ['10.0.0.0/8'].",
    });
  }
  return typeof value === 'number' || typeof value === 'string' ? value : config.getStringArray(key);
}
