import {
  coreServices,
  createServiceFactory,
  type LoggerService,
  type ServiceFactory,
} from '@bulkhead/backend-plugin-api';

/** The logger of a plugin: the one of the process, with the plugin's id on each line. */
export const loggerServiceFactory: ServiceFactory<LoggerService, 'plugin'> = createServiceFactory({
  service: coreServices.logger,
  deps: { rootLogger: coreServices.rootLogger, metadata: coreServices.pluginMetadata },
  factory: ({ rootLogger, metadata }) => rootLogger.child({ plugin: metadata.getId() }),
});
