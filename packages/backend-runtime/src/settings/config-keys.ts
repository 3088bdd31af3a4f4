import type { Config } from '@bulkhead/config';

/** The keys of a section, none if it is absent. */
export function keysOf(config: Config | undefined, path: string): string[] {
  return config?.getOptionalConfig(path)?.keys() ?? [];
}
