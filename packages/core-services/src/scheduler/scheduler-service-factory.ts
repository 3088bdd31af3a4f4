import {
  coreServices,
  createServiceFactory,
  type SchedulerService,
  type ServiceFactory,
} from '@bulkhead/backend-plugin-api';
import { isDefaultPolicyDisabled } from '../auth/default-policy.ts';
import { readSchedulerSettings } from './scheduler-settings.ts';

/** Recurring tasks of a plugin. They run by themselves once the plugin has started, until it stops. */
export const schedulerServiceFactory: ServiceFactory<SchedulerService, 'plugin'> = createServiceFactory({
  service: coreServices.scheduler,
  deps: {
    rootConfig: coreServices.rootConfig,
    database: coreServices.database,
    httpAuth: coreServices.httpAuth,
    httpRouter: coreServices.httpRouter,
    logger: coreServices.logger,
    lifecycle: coreServices.lifecycle,
    metadata: coreServices.pluginMetadata,
  },
  createRootContext: ({ rootConfig }) => readSchedulerSettings(rootConfig),
  async factory({ rootConfig, database, httpAuth, httpRouter, logger, lifecycle, metadata }, settings) {
    const [{ DefaultSchedulerService }, { mountSchedulerRoutes }] = await Promise.all([
      import('./default-scheduler-service.ts'),
      import('./scheduler-routes.ts'),
    ]);
    const scheduler = new DefaultSchedulerService({ pluginId: metadata.getId(), settings, logger, database });
    // Before any handler of the plugin, one of which may answer everything.
    const isOpenToAll = isDefaultPolicyDisabled(rootConfig);
    mountSchedulerRoutes(httpRouter, { scheduler, httpAuth, isDefaultPolicyDisabled: isOpenToAll });
    lifecycle.addStartupHook(() => scheduler.start());
    lifecycle.addShutdownHook(() => scheduler.stop());
    return scheduler;
  },
});
