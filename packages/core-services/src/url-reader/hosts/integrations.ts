import { createRequire } from 'node:module';
import type { Config } from '@bulkhead/config';
import { clientMissing, invalidIntegrations } from '../errors.ts';

/** The package that knows the addresses and the credentials of hosts. */
export type IntegrationModule = typeof import('@backstage/integration');

/** That package, and what it made of the configuration. */
export interface Integrations {
  readonly module: IntegrationModule;
  readonly all: ReturnType<IntegrationModule['ScmIntegrations']['fromConfig']>;
  readonly config: Config;
}

/**
 * Reads `integrations` of the configuration, with the package that defines it.
 *
 * @throws BulkheadError `ERR_URL_READER_CLIENT_MISSING`, `ERR_URL_READER_INTEGRATIONS`
 */
export function loadIntegrations(config: Config): Integrations {
  const module = requirePackage<IntegrationModule>('@backstage/integration', 'integrations');
  try {
    return { module, all: module.ScmIntegrations.fromConfig(config), config };
  } catch (error) {
    throw invalidIntegrations(error);
  }
}

/**
 * Loads an optional package in its CommonJS form, which published plugins use, too, so that there is one of it.
 *
 * @param neededFor - the key of the configuration that asks for it
 */
export function requirePackage<T>(name: string, neededFor: string): T {
  try {
    return createRequire(import.meta.url)(name) as T;
  } catch (error) {
    throw clientMissing(name, neededFor, error);
  }
}
