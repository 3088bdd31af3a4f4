import { invalidConfigValue, type Config } from '@bulkhead/config';
import type { ExtraHeaders } from './error-responder.ts';
import { nodeHttp } from './node-http.ts';

const KEY = 'backend.health.headers';

/**
 * The headers that answers about health have besides, from `backend.health.headers`. Their names are in lower case.
 *
 * @throws BulkheadError `ERR_CONFIG_TYPE`, `ERR_CONFIG_VALUE`
 */
export function readHealthHeaders(config: Config): ExtraHeaders {
  const headers: Record<string, string> = {};
  for (const name of config.getOptionalConfig(KEY)?.keys() ?? []) {
    headers[name.toLowerCase()] = readHeader(config, name);
  }
  return headers;
}

function readHeader(config: Config, name: string): string {
  const value = config.getConfig(KEY).getString(name);
  try {
    nodeHttp.validateHeaderName(name);
    nodeHttp.validateHeaderValue(name, value);
  } catch {
    throw invalidConfigValue(config, KEY, {
      expected: 'HTTP headers, by name',
      hint: 'Names are tokens such as x-service, and values are a line of text.',
    });
  }
  return value;
}
