import { createServiceRef, type ServiceRef } from '@bulkhead/backend-plugin-api';
import type { ListenOptions } from '../http-server/listen-address.ts';

/** Where a plugin runs. */
export type PluginLocation =
  /** In this process. */
  | { readonly type: 'local' }
  /** In another one. */
  | {
      readonly type: 'remote';
      /** The entry of the topology, or what `discovery.endpoints` calls the target; names it in messages. */
      readonly process: string;
      /**
       * Base URL of the plugin at each replica, without a trailing slash. One or more; where {@link resolve} is
       * present, what it gave last, at first nothing.
       */
      readonly baseUrls: readonly string[];
      /**
       * Present where the DNS says which replicas there are: asks it, at most once a second. The first one is the one
       * to take; the others follow in the order in which to try them.
       */
      readonly resolve?: () => Promise<readonly string[]>;
    };

/** What this process is in the topology. */
export interface OwnProcess {
  /** The entry of the topology. */
  readonly name: string;
  /** Which of several that are alike, from 1. */
  readonly replica: number;
  /** How many of them there are. */
  readonly replicas: number;
  /** The URL under which the others reach it, without a trailing slash. */
  readonly baseUrl: string;
  /** Where it listens. */
  readonly listen: ListenOptions;
}

/** Which process runs which plugins. */
export interface TopologyService {
  /** The entry of the topology that this process is; `undefined`: it runs everything. */
  readonly processName: string | undefined;
  /** More about this process, when it is an entry of the topology. */
  readonly own?: OwnProcess;
  /** Whether requests for plugins that run elsewhere are sent on to them. */
  readonly forwards: boolean;
  /** Base URL of the first process that forwards, when this one is an entry of the topology. */
  readonly door?: string;
  /** Where a plugin runs; `undefined` when no process is known to run it. */
  locate(pluginId: string): PluginLocation | undefined;
  /** The plugins of the whole deployment as far as they are known. */
  getPluginIds(): readonly string[];
}

/** Which process runs which plugins, for all that has to find one. */
export const topologyServiceRef: ServiceRef<TopologyService, 'root', 'singleton'> = createServiceRef<TopologyService>({
  id: 'core.topology',
  scope: 'root',
  defaultFactory: async () => (await import('./topology-service-factory.ts')).topologyServiceFactory,
});
