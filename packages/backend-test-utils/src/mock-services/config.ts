import type { ConfigService, RootConfigService } from '@bulkhead/backend-plugin-api';
import { createMutableConfig, type ObservableConfig } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import type { MockPluginOptions } from './mock-service.ts';

/** What a mock configuration says. */
export interface MockRootConfigOptions {
  /** The whole tree. Defaults to an empty one. */
  readonly data?: JsonObject;
}

/** What the mock configuration of a plugin says. */
export interface MockConfigOptions extends MockPluginOptions {
  /** The section of the plugin, without its id. Defaults to an empty one. */
  readonly data?: JsonObject;
}

/** How a mock configuration changes. */
export interface MockConfigControl {
  /** Replaces the data and tells the subscribers, as if a file had been edited. */
  update(options: { readonly data: JsonObject }): void;
}

/** The whole configuration, given as an object. */
export type MockRootConfig = Recorded<RootConfigService & ObservableConfig, MockConfigControl>;

/** The section of one plugin, given as an object. */
export type MockConfig = Recorded<ConfigService & ObservableConfig, MockConfigControl>;

/** @internal */
export function createMockRootConfig({ data = {} }: MockRootConfigOptions): MockRootConfig {
  const { config, set } = createMutableConfig(data);
  return recordCalls(config, { update: (options: { readonly data: JsonObject }) => void set(options.data) });
}

/** @internal */
export function createMockConfig({ pluginId = 'test', data = {} }: MockConfigOptions): MockConfig {
  // A real section, so that messages name keys in full.
  const { config, set } = createMutableConfig({ [pluginId]: data });
  return recordCalls(config.getConfig(pluginId) as ObservableConfig, {
    update: (options: { readonly data: JsonObject }) => void set({ [pluginId]: options.data }),
  });
}
