/**
 * Loads the configuration of a host: files, environment, includes, schemas, changes.
 *
 * @packageDocumentation
 */

// Loading
export { loadConfig, type LoadConfigOptions, type LoadedConfig, type WatchOptions } from './load/load-config.ts';
export { findConfigDir, parseConfigArgs } from './read/select-files.ts';

// Packages and schemas
export {
  discoverPackages,
  type DiscoveredPackage,
  type PackageManifest,
  type PackageSchema,
} from './packages/discover-packages.ts';
export type { BackstageManifest } from './packages/foreign-schemas.ts';
export {
  loadConfigSchema,
  type ConfigSchema,
  type ConfigSchemaOptions,
  type InstalledPlugin,
} from './schema/config-schema.ts';
export type { ForeignSections } from './schema/foreign-sections.ts';
export type { ConfigVisibility, SchemaNode } from './schema/schema-node.ts';

// Checking
export { validateConfig } from './load/validate-config.ts';
export type { ConfigReport, ValidationScope } from './schema/validate-tree.ts';

// Secrets
export { collectSecrets, redactConfig } from './schema/secrets.ts';

// Showing
export { describeConfig, type ConfigKeyDescription } from './output/describe-config.ts';
export { printConfig, type PrintableConfig, type PrintOptions } from './output/print-config.ts';
