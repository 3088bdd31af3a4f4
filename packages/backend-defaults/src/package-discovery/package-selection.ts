import type { RootConfigService } from '@bulkhead/backend-plugin-api';
import { invalidConfigValue } from '@bulkhead/config';

/** Chooses packages by name, of those that the host depends on or that are named. */
export type PackageSelection = (dependencies: readonly string[]) => readonly string[];

/**
 * Reads `backend.packages`.
 *
 * @returns `undefined` if nothing is to be discovered
 * @throws BulkheadError `ERR_CONFIG_VALUE`, `ERR_CONFIG_TYPE`
 */
export function readSelection(config: RootConfigService): PackageSelection | undefined {
  const packages = config.getOptional('backend.packages');
  if (packages === undefined) return undefined;
  if (typeof packages === 'string') {
    if (packages === 'all') return (dependencies) => dependencies;
    throw invalidConfigValue(config, 'backend.packages', { expected: "'all', or an object with include and exclude" });
  }
  const include = config.getOptionalStringArray('backend.packages.include');
  const exclude = config.getOptionalStringArray('backend.packages.exclude');
  // As in Backstage, an object with nothing in it selects nothing.
  if (!include && !exclude) return undefined;
  const left = new Set(exclude);
  return (dependencies) => [...new Set(include ?? dependencies)].filter((name) => !left.has(name));
}
