import { createServiceRef, type ServiceRef } from '@bulkhead/backend-plugin-api';

/** Where a plugin runs. */
export type PluginLocation =
  /** In this process. */
  | { readonly type: 'local' }
  /** In another one. */
  | {
      readonly type: 'remote';
      /** The entry of the topology, or what `discovery.endpoints` calls the target; names it in messages. */
      readonly process: string;
      /** Base URL of the plugin at each replica, without a trailing slash. One or more. */
      readonly baseUrls: readonly string[];
    };

/** Which process runs which plugins. */
export interface TopologyService {
  /** The entry of the topology that this process is; `undefined`: it runs everything. */
  readonly processName: string | undefined;
  /** Whether requests for plugins that run elsewhere are sent on to them. */
  readonly forwards: boolean;
  /** Where a plugin runs; `undefined` when no process is known to run it. */
  locate(pluginId: string): PluginLocation | undefined;
  /** The plugins of the whole deployment as far as they are known. */
  getPluginIds(): readonly string[];
}

/** Which process runs which plugins, for all that has to find one. */
export const topologyServiceRef: ServiceRef<TopologyService, 'root', 'singleton'> = createServiceRef<TopologyService>({
  id: 'core.topology',
  scope: 'root',
});
