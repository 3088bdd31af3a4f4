import type { ConfigService } from '@bulkhead/backend-plugin-api';
import { equalTrees, invalidConfigValue, type Config, type ConfigSubscription } from '@bulkhead/config';
import type { BulkheadError } from '@bulkhead/errors';
import type { JsonObject, JsonValue } from '@bulkhead/types';

/**
 * The section of the configuration under the id of a plugin, whether it is there or not, now or later. Reads through
 * the whole configuration, so messages name keys in full and changes show at once.
 */
export class DefaultConfigService implements ConfigService {
  readonly #root: Config;
  readonly #pluginId: string;

  constructor(root: Config, pluginId: string) {
    this.#root = root;
    this.#pluginId = pluginId;
  }

  /** {@inheritDoc Config.subscribe} */
  subscribe(listener: () => void): ConfigSubscription {
    let before = this.#root.getOptional(this.#pluginId);
    const subscription = this.#root.subscribe?.(() => {
      const now = this.#root.getOptional(this.#pluginId);
      const changed = !equalTrees(before, now);
      before = now;
      return changed ? listener() : undefined;
    });
    return { unsubscribe: () => subscription?.unsubscribe() };
  }

  /** {@inheritDoc Config.has} */
  has(key: string): boolean {
    return this.#root.has(this.#full(key));
  }

  /** {@inheritDoc Config.keys} */
  keys(): string[] {
    return this.#root.getOptionalConfig(this.#pluginId)?.keys() ?? [];
  }

  /** {@inheritDoc Config.get} */
  get<T = JsonValue>(key = ''): T {
    return key === '' ? this.#whole<T>() : this.#root.get<T>(this.#full(key));
  }

  /** {@inheritDoc Config.getOptional} */
  getOptional<T = JsonValue>(key = ''): T | undefined {
    return key === '' ? this.#whole<T>() : this.#root.getOptional<T>(this.#full(key));
  }

  /** {@inheritDoc Config.getConfig} */
  getConfig(key: string): Config {
    return this.#root.getConfig(this.#full(key));
  }

  /** {@inheritDoc Config.getOptionalConfig} */
  getOptionalConfig(key: string): Config | undefined {
    return this.#root.getOptionalConfig(this.#full(key));
  }

  /** {@inheritDoc Config.getConfigArray} */
  getConfigArray(key: string): Config[] {
    return this.#root.getConfigArray(this.#full(key));
  }

  /** {@inheritDoc Config.getOptionalConfigArray} */
  getOptionalConfigArray(key: string): Config[] | undefined {
    return this.#root.getOptionalConfigArray(this.#full(key));
  }

  /** {@inheritDoc Config.getNumber} */
  getNumber(key: string): number {
    return this.#root.getNumber(this.#full(key));
  }

  /** {@inheritDoc Config.getOptionalNumber} */
  getOptionalNumber(key: string): number | undefined {
    return this.#root.getOptionalNumber(this.#full(key));
  }

  /** {@inheritDoc Config.getBoolean} */
  getBoolean(key: string): boolean {
    return this.#root.getBoolean(this.#full(key));
  }

  /** {@inheritDoc Config.getOptionalBoolean} */
  getOptionalBoolean(key: string): boolean | undefined {
    return this.#root.getOptionalBoolean(this.#full(key));
  }

  /** {@inheritDoc Config.getString} */
  getString(key: string): string {
    return this.#root.getString(this.#full(key));
  }

  /** {@inheritDoc Config.getOptionalString} */
  getOptionalString(key: string): string | undefined {
    return this.#root.getOptionalString(this.#full(key));
  }

  /** {@inheritDoc Config.getStringArray} */
  getStringArray(key: string): string[] {
    return this.#root.getStringArray(this.#full(key));
  }

  /** {@inheritDoc Config.getOptionalStringArray} */
  getOptionalStringArray(key: string): string[] | undefined {
    return this.#root.getOptionalStringArray(this.#full(key));
  }

  /** The error for a value that is of the right type and yet not usable; `invalidConfigValue` asks for it. */
  invalidValue(key: string, expected: string, hint?: string): BulkheadError {
    return invalidConfigValue(this.#root, this.#full(key), { expected, hint });
  }

  #full(key: string): string {
    return `${this.#pluginId}.${key}`;
  }

  #whole<T>(): T {
    const empty: JsonObject = {};
    return this.#root.getOptional<T>(this.#pluginId) ?? (empty as T);
  }
}
