import type { Config } from '@bulkhead/config';

/** By what name a plugin's metrics and spans are known to those who collect them. */
export interface InstrumentationScope {
  readonly name: string;
  readonly version?: string;
  readonly schemaUrl?: string;
}

/**
 * Reads a scope.
 *
 * @param key - of the section that may say another than the default, which is the one that Backstage has
 * @throws BulkheadError `ERR_CONFIG_TYPE`
 */
export function readInstrumentationScope(config: Config, key: string, pluginId: string): InstrumentationScope {
  const section = config.getOptionalConfig(key);
  return {
    name: section?.getOptionalString('name') ?? `backstage-plugin-${pluginId}`,
    version: section?.getOptionalString('version'),
    schemaUrl: section?.getOptionalString('schemaUrl'),
  };
}
