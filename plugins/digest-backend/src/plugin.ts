import { coreServices, createBackendPlugin, readTaskScheduleFromConfig } from '@bulkhead/backend-plugin-api';
import { todoClientRef } from '@bulkhead/plugin-todo-node';
import { createDigestRoutes } from './generated/routes.ts';
import { createHandlers } from './handlers.ts';
import { DigestService } from './service/digest-service.ts';
import { DigestStore } from './service/digest-store.ts';
import { createTextRouter } from './text-router.ts';

/** When digests are made unless the configuration says otherwise. */
const DEFAULT_SCHEDULE = { frequency: { hours: 1 }, timeout: { minutes: 10 } } as const;

/** What each day has brought to each owner of todos. */
export const digestPlugin = createBackendPlugin({
  pluginId: 'digest',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.config,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
        todos: todoClientRef,
      },
      async init({ auth, config, database, httpAuth, httpRouter, logger, scheduler, todos }) {
        const digests = new DigestService({ store: await DigestStore.open(database), todos });

        httpRouter.serve(createDigestRoutes(createHandlers(digests)));
        httpRouter.use(createTextRouter({ digests, httpAuth }));

        await scheduler.scheduleTask({
          ...(config.has('schedule') ? readTaskScheduleFromConfig(config.getConfig('schedule')) : DEFAULT_SCHEDULE),
          id: 'make-digests',
          // Nobody asks for this, so the plugin does it in its own name. When it fails, the scheduler logs why, and the
          // next run makes up for it.
          fn: async (signal) => {
            const count = await digests.makeAll(await auth.getOwnServiceCredentials(), signal);
            logger.debug(`Made the digests of ${count} owners`);
          },
        });
      },
    });
  },
});
