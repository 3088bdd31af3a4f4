import {
  coreServices,
  createServiceFactory,
  type ConfigService,
  type ServiceFactory,
} from '@bulkhead/backend-plugin-api';
import { DefaultConfigService } from './default-config-service.ts';

/** The section of the configuration under the plugin's own id. */
export const configServiceFactory: ServiceFactory<ConfigService, 'plugin'> = createServiceFactory({
  service: coreServices.config,
  deps: { rootConfig: coreServices.rootConfig, metadata: coreServices.pluginMetadata },
  factory: ({ rootConfig, metadata }) => new DefaultConfigService(rootConfig, metadata.getId()),
});
