import type { RootConfigService } from '@bulkhead/backend-plugin-api';
import { ConfigReader } from '@bulkhead/config';
import { collectSecrets, validateConfig, type ConfigSchema } from '@bulkhead/config-loader';
import { attachCompanion } from '@bulkhead/core-services/root-config';
import type { JsonObject } from '@bulkhead/types';

/** A configuration that comes from no file. It is checked like one from files, and logs hide its secrets as well. */
export function configFromData(data: JsonObject): RootConfigService {
  let known: ConfigSchema | undefined;
  return attachCompanion(new ConfigReader(data), {
    secrets: () => collectSecrets(data, known),
    async check(schema) {
      known = schema;
      return (await validateConfig(data, schema, { withoutForeign: true })).problems;
    },
  });
}
