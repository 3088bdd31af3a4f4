/**
 * A typed reader over a configuration tree. No input or output.
 *
 * @packageDocumentation
 */

// Reading
export type { Config, ConfigSubscription, ObservableConfig } from './config.ts';
export { ConfigReader } from './config-reader.ts';
export { type ConfigSourceLookup, type ConfigViewOptions } from './config-view.ts';
export { invalidConfigValue, readBytes, readDuration, readOptionalBytes, readOptionalDuration } from './read-values.ts';

// A configuration that changes
export { createMutableConfig, type MutableConfig, type MutableConfigOptions } from './mutable-config.ts';

// Keys
export { formatConfigPath, isConfigKeyPart, parseConfigKey } from './key-path.ts';
export { describeType, equalTrees } from './json-tree.ts';

// For those who check a configuration without reading it
export { invalidValueProblem, missingKeyProblem, wrongTypeProblem, type ConfigPlace } from './problems.ts';
