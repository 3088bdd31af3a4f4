import {
  discoverPackages,
  loadConfig,
  loadConfigSchema,
  type ConfigSchema,
  type LoadedConfig,
} from '@bulkhead/config-loader';
import { resolve } from 'node:path';
import { findHost } from './find-host.ts';

/** Which configuration is meant. */
export interface ConfigOptions {
  /** Files instead of the usual ones, relative to the working directory. */
  readonly config: readonly string[];
  /** Environment whose `app-config.<env>.yaml` counts; `BULKHEAD_ENV` by default. */
  readonly env?: string;
}

/** What may stand in the configuration of the host around the working directory. Reads manifests and schemas only. */
export function loadHostSchema(): ConfigSchema {
  return loadConfigSchema(discoverPackages(findHost(process.cwd()).dir));
}

/** The configuration of the host around the working directory, with everything that is wrong with it. */
export async function loadHostConfig(schema: ConfigSchema, { config, env }: ConfigOptions): Promise<LoadedConfig> {
  return loadConfig({
    ...(config.length > 0 && { files: config.map((file) => resolve(file)) }),
    env: { ...process.env, ...(env !== undefined && { BULKHEAD_ENV: env }) },
    schema,
    onInvalid: 'collect',
  });
}
