import { createServiceRef, isPluginId, type LoggerService, type ServiceRef } from '@bulkhead/backend-plugin-api';
import type { Config } from '@bulkhead/config';
import type { PluginLocation } from '../topology/topology-service.ts';
import { fillIn, readEndpoints, type Endpoint } from './endpoints.ts';
import { isSrvUrl, type SrvResolver } from './srv-resolver.ts';

/** Where `discovery.endpoints` says that plugins are. */
export interface DiscoveryEndpointsService {
  /** Where processes find a plugin. `undefined`: nothing is said about that. */
  locate(pluginId: string): PluginLocation | undefined;
  /** Where users find a plugin. `undefined`: nothing is said about that. */
  getExternalBaseUrl(pluginId: string): string | undefined;
  /** The plugins that are named. */
  getPluginIds(): readonly string[];
}

/** Where `discovery.endpoints` says that plugins are. For the services of the host; others use `core.discovery`. */
export const discoveryEndpointsServiceRef: ServiceRef<DiscoveryEndpointsService, 'root', 'singleton'> =
  createServiceRef<DiscoveryEndpointsService>({
    id: 'core.discoveryEndpoints',
    scope: 'root',
    defaultFactory: async () => (await import('./discovery-service-factory.ts')).discoveryEndpointsServiceFactory,
  });

/** What {@link DefaultDiscoveryEndpointsService} is made of. */
export interface DefaultDiscoveryEndpointsServiceOptions {
  readonly config: Config;
  /** Told when a changed configuration cannot be used. */
  readonly logger: LoggerService;
  /** Looks up targets of the form `http+srv://name`. */
  readonly srv: SrvResolver;
}

/** URLs by plugin id; `*` stands for plugins that have no entry. */
interface Routes {
  readonly internal: ReadonlyMap<string, string>;
  readonly external: ReadonlyMap<string, string>;
}

/** Follows `discovery.endpoints`; a change that cannot be used is logged and leaves everything as it was. */
export class DefaultDiscoveryEndpointsService implements DiscoveryEndpointsService {
  readonly #srv: SrvResolver;
  #routes: Routes;

  /** @throws ProblemsError `ERR_DISCOVERY_CONFIG` */
  constructor({ config, logger, srv }: DefaultDiscoveryEndpointsServiceOptions) {
    this.#srv = srv;
    this.#routes = toRoutes(readEndpoints(config));
    config.subscribe?.(() => {
      try {
        this.#routes = toRoutes(readEndpoints(config));
      } catch (error) {
        logger.error('The changed configuration of discovery is not used', error as Error);
      }
    });
  }

  locate(pluginId: string): PluginLocation | undefined {
    const url = lookUp(this.#routes.internal, pluginId);
    if (url === undefined) return undefined;
    const target = new URL(url);
    if (!isSrvUrl(target)) return { type: 'remote', process: target.host, baseUrls: [url] };
    const srv = this.#srv;
    return {
      type: 'remote',
      process: target.host,
      get baseUrls() {
        return srv.lastKnown(url);
      },
      resolve: () => srv.resolve(url),
    };
  }

  getExternalBaseUrl(pluginId: string): string | undefined {
    return lookUp(this.#routes.external, pluginId);
  }

  getPluginIds(): readonly string[] {
    const { internal, external } = this.#routes;
    return [...new Set([...internal.keys(), ...external.keys()])].filter((id) => id !== '*');
  }
}

function lookUp(urls: ReadonlyMap<string, string>, pluginId: string): string | undefined {
  // Anybody can ask for anything: the id becomes part of a URL, so `*` must not stand for addresses of other hosts.
  const url = urls.get(pluginId) ?? (isPluginId(pluginId) ? urls.get('*') : undefined);
  return url === undefined ? undefined : fillIn(url, pluginId);
}

function toRoutes(endpoints: readonly Endpoint[]): Routes {
  const internal = new Map<string, string>();
  const external = new Map<string, string>();
  for (const endpoint of endpoints) {
    for (const pluginId of endpoint.plugins) {
      addFirst(internal, pluginId, endpoint.internal);
      addFirst(external, pluginId, endpoint.external);
    }
  }
  return { internal, external };
}

/** Of several entries for one plugin the first counts. */
function addFirst(urls: Map<string, string>, pluginId: string, url: string | undefined): void {
  if (url !== undefined && !urls.has(pluginId)) {
    urls.set(pluginId, url);
  }
}
