import type { RootInstanceMetadataService, RootSystemMetadataService } from '@bulkhead/backend-plugin-api';
import type { TopologyService } from '../topology/topology-service.ts';

/** What {@link DefaultRootSystemMetadataService} is made of. */
export interface DefaultRootSystemMetadataServiceOptions {
  readonly instance: RootInstanceMetadataService;
  readonly topology: Pick<TopologyService, 'getPluginIds'>;
}

/** Lists the plugins of this process and those that `topology` or `discovery.endpoints` names, each once. */
export class DefaultRootSystemMetadataService implements RootSystemMetadataService {
  readonly #options: DefaultRootSystemMetadataServiceOptions;

  constructor(options: DefaultRootSystemMetadataServiceOptions) {
    this.#options = options;
  }

  async getInstalledPlugins(): Promise<readonly { readonly pluginId: string }[]> {
    const { instance, topology } = this.#options;
    const local = await instance.getInstalledPlugins();
    const ids = new Set([...local.map(({ pluginId }) => pluginId), ...topology.getPluginIds()]);
    return [...ids].map((pluginId) => ({ pluginId }));
  }
}
