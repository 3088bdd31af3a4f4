import type { DiscoveryService } from '@bulkhead/backend-plugin-api';
import type { Config } from '@bulkhead/config';
import type { TopologyService } from '../topology/topology-service.ts';
import type { DiscoveryEndpointsService } from './discovery-endpoints.ts';

/** What {@link DefaultDiscoveryService} is made of. */
export interface DefaultDiscoveryServiceOptions {
  readonly config: Config;
  readonly topology: TopologyService;
  readonly endpoints: Pick<DiscoveryEndpointsService, 'getExternalBaseUrl'>;
  /** The URL under which this process reaches itself, without a trailing slash. */
  readonly ownUrl: string;
  /** Says whose turn it is among the origins of several replicas. Default: one after the other. */
  readonly upstreams?: { pick(origins: readonly string[]): string | undefined };
}

/**
 * Finds plugins where `topology` or `discovery.endpoints` says, else in this process: internally at its own address, for
 * users at `backend.baseUrl` or at the process that forwards. Follows the configuration.
 */
export class DefaultDiscoveryService implements DiscoveryService {
  readonly #options: DefaultDiscoveryServiceOptions;
  readonly #upstreams: NonNullable<DefaultDiscoveryServiceOptions['upstreams']>;

  readonly #origins = new WeakMap<readonly string[], readonly string[]>();

  constructor(options: DefaultDiscoveryServiceOptions) {
    this.#options = options;
    this.#upstreams = options.upstreams ?? new InTurn();
  }

  async getBaseUrl(pluginId: string): Promise<string> {
    const { topology, ownUrl } = this.#options;
    const location = topology.locate(pluginId);
    if (location?.type !== 'remote') return toBaseUrl(ownUrl, pluginId);
    // What the DNS answers is in the right order already.
    if (location.resolve) return (await location.resolve())[0]!;
    const { baseUrls } = location;
    if (baseUrls.length < 2) return baseUrls[0]!;
    const origins = this.#originsOf(baseUrls);
    const picked = this.#upstreams.pick(origins);
    return baseUrls[Math.max(0, origins.indexOf(picked ?? ''))]!;
  }

  /** Taking URLs apart is dear, and the same list comes again and again. */
  #originsOf(baseUrls: readonly string[]): readonly string[] {
    const known = this.#origins.get(baseUrls);
    if (known) return known;
    const origins = baseUrls.map((url) => new URL(url).origin);
    this.#origins.set(baseUrls, origins);
    return origins;
  }

  async getExternalBaseUrl(pluginId: string): Promise<string> {
    const { config, topology, endpoints, ownUrl } = this.#options;
    const configured = endpoints.getExternalBaseUrl(pluginId);
    if (configured !== undefined) return configured;
    const door = config.getOptionalString('backend.baseUrl')?.replace(/\/+$/, '') ?? topology.door;
    if (door !== undefined) return toBaseUrl(door, pluginId);
    const location = topology.own && topology.locate(pluginId);
    if (location?.type === 'remote' && location.baseUrls[0] !== undefined) return location.baseUrls[0];
    return toBaseUrl(topology.own?.baseUrl ?? ownUrl, pluginId);
  }
}

function toBaseUrl(hostUrl: string, pluginId: string): string {
  return `${hostUrl}/api/${encodeURIComponent(pluginId)}`;
}

/** Takes one origin after the other, for all lists in which they stand. */
class InTurn {
  #turn = 0;

  pick(origins: readonly string[]): string | undefined {
    return origins[this.#turn++ % origins.length];
  }
}
