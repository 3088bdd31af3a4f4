import type {
  InstalledPlugin,
  PluginMetadataService,
  RootInstanceMetadataService,
  RootSystemMetadataService,
} from '@bulkhead/backend-plugin-api';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import type { MockPluginOptions } from './mock-service.ts';

/** A {@link PluginMetadataService} for a plugin that need not exist. */
export type MockPluginMetadata = Recorded<PluginMetadataService>;

/** @internal */
export function createMockPluginMetadata({ pluginId = 'test' }: MockPluginOptions): MockPluginMetadata {
  return recordCalls<PluginMetadataService>({ getId: () => pluginId });
}

/** What is installed in the process. */
export interface MockInstanceMetadataOptions {
  /** Defaults to none. */
  readonly plugins?: readonly InstalledPlugin[];
}

/** A {@link RootInstanceMetadataService} that knows what it is told. */
export type MockRootInstanceMetadata = Recorded<RootInstanceMetadataService>;

/** @internal */
export function createMockRootInstanceMetadata({
  plugins = [],
}: MockInstanceMetadataOptions): MockRootInstanceMetadata {
  const frozen = Object.freeze(
    plugins.map(({ pluginId, modules }) => {
      const frozenModules = Object.freeze(modules.map(({ moduleId }) => Object.freeze({ moduleId })));
      return Object.freeze({ pluginId, modules: frozenModules });
    }),
  );
  return recordCalls<RootInstanceMetadataService>({ getInstalledPlugins: async () => frozen });
}

/** What is installed in the whole deployment. */
export interface MockSystemMetadataOptions {
  /** Ids; defaults to none. */
  readonly plugins?: readonly string[];
}

/** A {@link RootSystemMetadataService} that knows what it is told. */
export type MockRootSystemMetadata = Recorded<RootSystemMetadataService>;

/** @internal */
export function createMockRootSystemMetadata({ plugins = [] }: MockSystemMetadataOptions): MockRootSystemMetadata {
  const installed = plugins.map((pluginId) => ({ pluginId }));
  return recordCalls<RootSystemMetadataService>({ getInstalledPlugins: async () => installed });
}
