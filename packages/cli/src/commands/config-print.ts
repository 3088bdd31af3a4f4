import { printConfig } from '@bulkhead/config-loader';
import { loadHostConfig, loadHostSchema, type ConfigOptions } from '../host/load-host-config.ts';
import { writeProblems } from '../output.ts';

/** Options of `bulkhead config print`. */
export interface ConfigPrintOptions extends ConfigOptions {
  readonly withSources?: boolean;
  readonly json?: boolean;
}

/** Prints the configuration as far as it can be read, then what is wrong with it. */
export async function configPrint(options: ConfigPrintOptions): Promise<void> {
  const { json = false, withSources = false } = options;
  const schema = loadHostSchema();
  const loaded = await loadHostConfig(schema, options);
  process.stdout.write(await printConfig(loaded, { schema, withSources, format: json ? 'json' : 'yaml' }));
  writeProblems(loaded.problems);
}
