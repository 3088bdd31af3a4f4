import type { DiscoveryService, LoggerService } from '@bulkhead/backend-plugin-api';
import type { Config } from '@bulkhead/config';
import { fillIn, readEndpoints } from './endpoints.ts';

/** What {@link DefaultDiscoveryService} is made of. */
export interface DefaultDiscoveryServiceOptions {
  readonly config: Config;
  /** The URL under which this process reaches itself, without a trailing slash. */
  readonly ownUrl: string;
  /** Told when a changed configuration cannot be used. */
  readonly logger: LoggerService;
}

/** URLs by plugin id; `*` stands for plugins that have no entry. */
interface Routes {
  readonly internal: ReadonlyMap<string, string>;
  readonly external: ReadonlyMap<string, string>;
}

/**
 * Finds plugins where `discovery.endpoints` says, else in this process: internally at its own address, for users at
 * `backend.baseUrl`. Follows the configuration; a change that cannot be used is logged and leaves everything as it was.
 */
export class DefaultDiscoveryService implements DiscoveryService {
  #routes: Routes;

  /** @throws ProblemsError `ERR_DISCOVERY_CONFIG` */
  constructor({ config, ownUrl, logger }: DefaultDiscoveryServiceOptions) {
    this.#routes = readRoutes(config, ownUrl);
    config.subscribe?.(() => {
      try {
        this.#routes = readRoutes(config, ownUrl);
      } catch (error) {
        logger.error('The changed configuration of discovery is not used', error as Error);
      }
    });
  }

  async getBaseUrl(pluginId: string): Promise<string> {
    return lookUp(this.#routes.internal, pluginId);
  }

  async getExternalBaseUrl(pluginId: string): Promise<string> {
    return lookUp(this.#routes.external, pluginId);
  }
}

function lookUp(urls: ReadonlyMap<string, string>, pluginId: string): string {
  // readRoutes gives '*' an entry in each map.
  return fillIn((urls.get(pluginId) ?? urls.get('*'))!, pluginId);
}

function readRoutes(config: Config, ownUrl: string): Routes {
  const baseUrl = config.getOptionalString('backend.baseUrl')?.replace(/\/+$/, '') ?? ownUrl;
  const internal = new Map<string, string>();
  const external = new Map<string, string>();
  for (const endpoint of readEndpoints(config)) {
    for (const pluginId of endpoint.plugins) {
      addFirst(internal, pluginId, endpoint.internal);
      addFirst(external, pluginId, endpoint.external);
    }
  }
  addFirst(internal, '*', `${ownUrl}/api/{{pluginId}}`);
  addFirst(external, '*', `${baseUrl}/api/{{pluginId}}`);
  return { internal, external };
}

/** Of several entries for one plugin the first counts. */
function addFirst(urls: Map<string, string>, pluginId: string, url: string | undefined): void {
  if (url !== undefined && !urls.has(pluginId)) {
    urls.set(pluginId, url);
  }
}
