import type { PluginLocation, TopologyService } from '../topology/topology-service.ts';

/** One process that runs a plugin. */
export interface Replica {
  readonly origin: string;
  /** The path of the plugin there, without a trailing slash. */
  readonly path: string;
}

/** Where the requests for a plugin go. */
export interface PluginRoute {
  /** The origins of all replicas, each once. */
  readonly origins: readonly string[];
  readonly replicas: ReadonlyMap<string, Replica>;
  /** Whether the origins stand in the order in which to try them. */
  readonly isOrdered: boolean;
}

type RemoteLocation = Extract<PluginLocation, { type: 'remote' }>;

/** Knows where plugins of other processes are, without taking URLs apart for each request. */
export class PluginRoutes {
  readonly #topology: TopologyService;
  readonly #known = new Map<string, { readonly baseUrls: readonly string[]; readonly route: PluginRoute }>();

  constructor(topology: TopologyService) {
    this.#topology = topology;
  }

  /** The way to a plugin; `undefined` when no other process is known to run it. A promise where the DNS is asked. */
  find(pluginId: string): PluginRoute | Promise<PluginRoute> | undefined {
    const location = this.#topology.locate(pluginId);
    if (location?.type !== 'remote') {
      return undefined;
    }
    return location.resolve ? toResolvedRoute(location.resolve) : this.#routeTo(pluginId, location);
  }

  #routeTo(pluginId: string, { baseUrls }: RemoteLocation): PluginRoute {
    const known = this.#known.get(pluginId);
    if (known && isSame(known.baseUrls, baseUrls)) {
      return known.route;
    }
    // Where one entry stands for all plugins, ids that nobody has installed lead somewhere, too.
    if (this.#known.size >= MAX_KNOWN) {
      this.#known.clear();
    }
    const route = toRoute(baseUrls);
    this.#known.set(pluginId, { baseUrls, route });
    return route;
  }
}

const MAX_KNOWN = 10_000;

async function toResolvedRoute(resolve: () => Promise<readonly string[]>): Promise<PluginRoute> {
  return { ...toRoute(await resolve()), isOrdered: true };
}

function toRoute(baseUrls: readonly string[]): PluginRoute {
  const replicas = new Map(baseUrls.map(toReplica).map((replica) => [replica.origin, replica]));
  return { origins: [...replicas.keys()], replicas, isOrdered: false };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((url, index) => url === b[index]));
}

function toReplica(baseUrl: string): Replica {
  const { origin, pathname } = new URL(baseUrl);
  return { origin, path: pathname.replace(/\/+$/, '') };
}
