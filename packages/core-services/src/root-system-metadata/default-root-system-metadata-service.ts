import type {
  LoggerService,
  RootInstanceMetadataService,
  RootSystemMetadataService,
} from '@bulkhead/backend-plugin-api';
import type { Config } from '@bulkhead/config';
import { readEndpoints } from '../discovery/endpoints.ts';

/** What {@link DefaultRootSystemMetadataService} is made of. */
export interface DefaultRootSystemMetadataServiceOptions {
  readonly config: Config;
  readonly instance: RootInstanceMetadataService;
  /** Told when a changed configuration cannot be used. */
  readonly logger: LoggerService;
}

/** Lists the plugins of this process and those that `discovery.endpoints` names, each once. */
export class DefaultRootSystemMetadataService implements RootSystemMetadataService {
  readonly #instance: RootInstanceMetadataService;
  #configured: readonly string[];

  /** @throws ProblemsError `ERR_DISCOVERY_CONFIG` */
  constructor({ config, instance, logger }: DefaultRootSystemMetadataServiceOptions) {
    this.#instance = instance;
    this.#configured = readPluginIds(config);
    config.subscribe?.(() => {
      try {
        this.#configured = readPluginIds(config);
      } catch (error) {
        logger.error('The changed configuration of discovery is not used', error as Error);
      }
    });
  }

  async getInstalledPlugins(): Promise<readonly { readonly pluginId: string }[]> {
    const local = await this.#instance.getInstalledPlugins();
    const ids = new Set([...local.map(({ pluginId }) => pluginId), ...this.#configured]);
    return [...ids].map((pluginId) => ({ pluginId }));
  }
}

function readPluginIds(config: Config): string[] {
  return readEndpoints(config)
    .flatMap(({ plugins }) => plugins)
    .filter((id) => id !== '*');
}
