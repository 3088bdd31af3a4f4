import type { Config } from '@bulkhead/config';
import type { ConfigSchema } from '@bulkhead/config-loader';
import type { Problem, ProblemSource } from '@bulkhead/errors';
import type { JsonObject } from '@bulkhead/types';

/** Something about the configuration that belongs into the log. */
export interface ConfigNotice {
  readonly level: 'info' | 'warn';
  readonly message: string;
  readonly meta?: Error | JsonObject;
}

/** What is known about a configuration besides its values. The logger asks for it, since it needs the configuration. */
export interface ConfigCompanion {
  /** The values that logs must not show, as they are now. */
  secrets(): Iterable<string>;
  /** Where the value at a path was written; indices of lists are parts of the path. */
  sourceOf?(path: readonly string[]): ProblemSource | undefined;
  /**
   * Checks the configuration, now and after each change, and returns all that is wrong with it, each with its place in
   * a file. What one can live with becomes a notice.
   */
  check?(schema: ConfigSchema): Promise<readonly Problem[]>;
  /** Gives notice of what takes time to find and keeps no host from starting; for when the host is up. Never rejects. */
  checkMore?(): Promise<void>;
  /** Hands over notices; those from before the first listener came are kept for it. */
  listen?(listener: (notice: ConfigNotice) => void): void;
}

/** A global name, so that several copies of this package know each other's configurations. */
const COMPANION = Symbol.for('@bulkhead/config-companion');

/** Attaches what is known about a configuration to it. */
export function attachCompanion<TConfig extends Config>(config: TConfig, companion: ConfigCompanion): TConfig {
  return Object.defineProperty(config, COMPANION, { value: companion, configurable: true });
}

/** What is known about a configuration; `undefined` for one that was made by hand. */
export function companionOf(config: Config): ConfigCompanion | undefined {
  return (config as { readonly [COMPANION]?: ConfigCompanion })[COMPANION];
}
