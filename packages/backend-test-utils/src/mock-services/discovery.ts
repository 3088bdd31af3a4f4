import type { DiscoveryService } from '@bulkhead/backend-plugin-api';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import type { MockPluginOptions } from './mock-service.ts';

/** Where plugins are. */
export interface MockDiscoveryOptions extends MockPluginOptions {
  /** Base URL of the host as plugins see it. Defaults to `http://bulkhead.test`, which never resolves. */
  readonly baseUrl?: string;
  /** Base URL of the host as users see it. Defaults to `baseUrl`. */
  readonly externalBaseUrl?: string;
  /** Full base URL by plugin, for plugins that are somewhere else. */
  readonly endpoints?: Readonly<Record<string, string>>;
}

/** A {@link DiscoveryService} that knows what it is told. */
export type MockDiscovery = Recorded<DiscoveryService>;

/** @internal */
export function createMockDiscovery(options: MockDiscoveryOptions): MockDiscovery {
  const { baseUrl = 'http://bulkhead.test', externalBaseUrl = baseUrl, endpoints = {} } = options;
  const locate = (base: string, pluginId: string): string =>
    endpoints[pluginId] ?? `${base}/api/${encodeURIComponent(pluginId)}`;
  return recordCalls<DiscoveryService>({
    getBaseUrl: async (pluginId) => locate(baseUrl, pluginId),
    getExternalBaseUrl: async (pluginId) => locate(externalBaseUrl, pluginId),
  });
}
