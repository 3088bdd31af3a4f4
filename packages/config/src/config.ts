import type { JsonValue } from '@bulkhead/types';

/** What {@link Config.subscribe} returns. */
export interface ConfigSubscription {
  /** Ends the subscription. Calling it again does nothing. */
  unsubscribe(): void;
}

/**
 * Read access to a configuration, or to a section of it.
 *
 * Keys are paths with dots (`'backend.listen.port'`), relative to the section. Each `get…` throws
 * `ERR_CONFIG_MISSING` where its `getOptional…` gives `undefined`, and both throw `ERR_CONFIG_TYPE` for a value of
 * another type, `ERR_CONFIG_KEY` for a malformed key. A `null` counts as missing.
 */
export interface Config {
  /**
   * Calls `listener` after something in this section has changed. Compare what you need yourself: the listener gets
   * no arguments. May be absent: ask for it with `config.subscribe?.(…)`.
   */
  subscribe?(listener: () => void): ConfigSubscription;

  /** Whether there is a value. */
  has(key: string): boolean;
  /** The keys of this section itself. */
  keys(): string[];

  /** A copy of whatever is there, of the whole section without a key. Prefer the typed methods. */
  get<T = JsonValue>(key?: string): T;
  /** See {@link Config.get}. */
  getOptional<T = JsonValue>(key?: string): T | undefined;

  /** The section under a key. In a configuration that changes, the section changes with it. */
  getConfig(key: string): Config;
  /** See {@link Config.getConfig}. */
  getOptionalConfig(key: string): Config | undefined;

  /** The objects of a list, as they are now. */
  getConfigArray(key: string): Config[];
  /** See {@link Config.getConfigArray}. */
  getOptionalConfigArray(key: string): Config[] | undefined;

  /** A number, or a string that is one. */
  getNumber(key: string): number;
  /** See {@link Config.getNumber}. */
  getOptionalNumber(key: string): number | undefined;

  /** A boolean, or one of true/false, yes/no, y/n, on/off, 1/0 in any case. */
  getBoolean(key: string): boolean;
  /** See {@link Config.getBoolean}. */
  getOptionalBoolean(key: string): boolean | undefined;

  /** A string that is not empty. */
  getString(key: string): string;
  /** See {@link Config.getString}. */
  getOptionalString(key: string): string | undefined;

  /** A list of strings, none of them empty. */
  getStringArray(key: string): string[];
  /** See {@link Config.getStringArray}. */
  getOptionalStringArray(key: string): string[] | undefined;
}

/** A {@link Config} that is known to report its changes. */
export interface ObservableConfig extends Config {
  subscribe(listener: () => void): ConfigSubscription;
}
