import type { HttpAuthService, HttpRouterService } from '@bulkhead/backend-plugin-api';
import type { Handler, Router } from 'express';
import { wrongMethod } from '../http-server/errors.ts';
import { loadExpress } from '../http-server/load-express.ts';
import { mountLazyRoutes } from '../lazy-routes/mount-lazy-routes.ts';
import type { DefaultSchedulerService } from './default-scheduler-service.ts';

/** What the routes ask of the scheduler. */
export type ScheduledTasks = Pick<DefaultSchedulerService, 'cancelTask' | 'getTaskReports' | 'triggerTask'>;

/** What {@link createSchedulerRoutes} takes. */
export interface SchedulerRoutesOptions {
  readonly scheduler: ScheduledTasks;
  readonly httpAuth: Pick<HttpAuthService, 'credentials'>;
  /** Whether plugins take requests of nobody. */
  readonly isDefaultPolicyDisabled: boolean;
}

/** Where the plugin answers, below its mount. The paths are those at which Backstage's tools ask. */
export const SCHEDULER_PATH = '/.backstage/scheduler/';

/** Answers below a plugin's mount, before whatever the plugin adds later. */
export function mountSchedulerRoutes(httpRouter: HttpRouterService, options: SchedulerRoutesOptions): void {
  mountLazyRoutes(httpRouter, SCHEDULER_PATH, () => createSchedulerRoutes(options));
}

/**
 * Lists the recurring tasks of a plugin (`GET …/v1/tasks`), runs one now (`POST …/v1/tasks/<id>/trigger`), and ends a run
 * (`POST …/v1/tasks/<id>/cancel`). Users and services may, also where the plugin lets everybody in.
 */
export function createSchedulerRoutes({
  scheduler,
  httpAuth,
  isDefaultPolicyDisabled,
}: SchedulerRoutesOptions): Router {
  const router = loadExpress().Router();
  if (!isDefaultPolicyDisabled) router.use(SCHEDULER_PATH, refuseNobody(httpAuth));
  router
    .route(`${SCHEDULER_PATH}v1/tasks`)
    .get(async (_req, res) => {
      res.json({ tasks: await scheduler.getTaskReports() });
    })
    .all(allowOnly('GET', 'HEAD'));
  router
    .route(`${SCHEDULER_PATH}v1/tasks/:id/trigger`)
    .post(async (req, res) => {
      await scheduler.triggerTask(req.params.id);
      res.status(200).end();
    })
    .all(allowOnly('POST'));
  router
    .route(`${SCHEDULER_PATH}v1/tasks/:id/cancel`)
    .post(async (req, res) => {
      await scheduler.cancelTask(req.params.id);
      res.status(200).end();
    })
    .all(allowOnly('POST'));
  return router;
}

/** Plugins open themselves for what they answer to strangers, and do not think of these routes. */
function refuseNobody(httpAuth: SchedulerRoutesOptions['httpAuth']): Handler {
  return async (req, _res, next) => {
    await httpAuth.credentials(req, { allow: ['user', 'service'] });
    next();
  };
}

function allowOnly(...methods: readonly string[]): Handler {
  return (req, res) => {
    res.set('Allow', methods.join(', '));
    throw wrongMethod(req.method, req.path, methods);
  };
}
