import { invalidConfigValue, type Config } from '@bulkhead/config';
import type { JsonObject, JsonValue } from '@bulkhead/types';

/** Where the server listens, as configured. */
export interface ListenOptions {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** The key of the configuration that says so, for hints. Default: `backend.listen`. */
  readonly setBy?: string;
}

/** Loopback: whoever wants to be reached from elsewhere says so. */
export const DEFAULT_HOST = '127.0.0.1';
/** The port of the main host. */
export const DEFAULT_PORT = 7007;

const KEY = 'backend.listen';
const HOST_AND_PORT = /^(?:\[([^\]]+)\]|([^:]*)):(\d+)$/;

/**
 * Reads `backend.listen`: a port, `'host:port'` (`'[::1]:7007'`, `'*:7007'`), or `{ host, port }`.
 *
 * @throws BulkheadError `ERR_CONFIG_VALUE` for anything else
 */
export function readListenOptions(config: Config): ListenOptions {
  const value = config.getOptional(KEY);
  if (value === undefined) {
    return { host: DEFAULT_HOST, port: DEFAULT_PORT };
  }
  const options = typeof value === 'object' ? fromSection(config) : fromText(String(value));
  if (!options || !isPort(options.port)) {
    throw invalidConfigValue(config, KEY, {
      expected: "a port, 'host:port' or { host, port }",
      hint: "Write 7007, '127.0.0.1:7007', or { host: 127.0.0.1, port: 7007 }. Ports go from 0 (any free one) to 65535.",
    });
  }
  return { ...options, host: options.host === '*' ? '::' : options.host };
}

/** An address in one of the forms of `backend.listen`; `undefined` for anything else. */
export function parseListenAddress(value: JsonValue): ListenOptions | undefined {
  const options = isObject(value) ? fromObject(value) : fromScalar(value);
  if (!options || !isPort(options.port)) return undefined;
  return { ...options, host: options.host === '*' ? '::' : options.host };
}

function fromScalar(value: JsonValue): ListenOptions | undefined {
  return typeof value === 'string' || typeof value === 'number' ? fromText(String(value)) : undefined;
}

function fromObject({ host = DEFAULT_HOST, port = DEFAULT_PORT }: JsonObject): ListenOptions | undefined {
  const isUsable = typeof host === 'string' && host !== '' && typeof port === 'number';
  return isUsable ? { host, port } : undefined;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fromSection(config: Config): ListenOptions {
  return {
    host: config.getOptionalString(`${KEY}.host`) ?? DEFAULT_HOST,
    port: config.getOptionalNumber(`${KEY}.port`) ?? DEFAULT_PORT,
  };
}

function fromText(text: string): ListenOptions | undefined {
  if (/^\d+$/.test(text)) {
    return { host: DEFAULT_HOST, port: Number(text) };
  }
  const match = HOST_AND_PORT.exec(text);
  return match ? { host: match[1] ?? (match[2] || DEFAULT_HOST), port: Number(match[3]) } : undefined;
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 0 && port <= 65_535;
}

/** Where the server does listen. */
export interface ListenAddress {
  readonly protocol: 'http' | 'https';
  /** As configured; `0.0.0.0` and `::` stand for all interfaces. */
  readonly host: string;
  readonly port: number;
  /** The URL under which the process reaches itself, without a trailing slash. */
  readonly url: string;
}

/** Describes an address. A server on all interfaces reaches itself over loopback: that of IPv4, as containers have no other. */
export function createListenAddress(protocol: 'http' | 'https', host: string, port: number): ListenAddress {
  const self = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return { protocol, host, port, url: `${protocol}://${self.includes(':') ? `[${self}]` : self}:${port}` };
}
