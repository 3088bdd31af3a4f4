import { invalidConfigValue, readOptionalDuration, type Config } from '@bulkhead/config';
import { DEFAULT_CALL_POLICY, type CallPolicy } from '@bulkhead/openapi/client';

const KEY = 'backend.clients';

/**
 * Reads how a plugin is called: `backend.clients.plugins.<id>`, and what that leaves out from `backend.clients`.
 *
 * @throws BulkheadError `ERR_CONFIG_TYPE`, `ERR_CONFIG_VALUE`
 */
export function readCallPolicy(config: Config, pluginId: string): CallPolicy {
  const general = readSection(config, KEY, DEFAULT_CALL_POLICY);
  // A look-up by key would take the dots of a name for levels.
  const own = config.getOptionalConfig(`${KEY}.plugins`)?.keys().includes(pluginId);
  return own ? readSection(config, `${KEY}.plugins.${pluginId}`, general) : general;
}

function readSection(config: Config, key: string, fallback: CallPolicy): CallPolicy {
  const duration = (name: string, otherwise: number): number =>
    readOptionalDuration(config, `${key}.${name}`) ?? otherwise;
  return {
    timeout: duration('timeout', fallback.timeout),
    retries: readCount(config, `${key}.retries`) ?? fallback.retries,
    firstBackoff: duration('backoff', fallback.firstBackoff),
    longestBackoff: duration('maxBackoff', fallback.longestBackoff),
    breakerFailures: readCount(config, `${key}.breaker.failures`) ?? fallback.breakerFailures,
    breakerPause: duration('breaker.pause', fallback.breakerPause),
  };
}

function readCount(config: Config, key: string): number | undefined {
  const value = config.getOptionalNumber(key);
  if (value !== undefined && (!Number.isInteger(value) || value < 0)) {
    throw invalidConfigValue(config, key, { expected: 'a whole number from 0', hint: 'With 0 it is never done.' });
  }
  return value;
}
