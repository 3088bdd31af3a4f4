import type { HttpRouterService } from '@bulkhead/backend-plugin-api';
import express, { type Handler, type Router } from 'express';
import { wrongMethod } from '../http-server/errors.ts';
import { mountLazyRoutes } from '../lazy-routes/mount-lazy-routes.ts';
import type { DefaultSchedulerService } from './default-scheduler-service.ts';

/** What the routes ask of the scheduler. */
export type ScheduledTasks = Pick<DefaultSchedulerService, 'cancelTask' | 'getTaskReports' | 'triggerTask'>;

/** Where the plugin answers, below its mount. The paths are those at which Backstage's tools ask. */
export const SCHEDULER_PATH = '/.backstage/scheduler/';

/** Answers below a plugin's mount, before whatever the plugin adds later. */
export function mountSchedulerRoutes(httpRouter: HttpRouterService, scheduler: ScheduledTasks): void {
  mountLazyRoutes(httpRouter, SCHEDULER_PATH, () => createSchedulerRoutes(scheduler));
}

/**
 * Lists the recurring tasks of a plugin (`GET …/v1/tasks`), runs one now (`POST …/v1/tasks/<id>/trigger`), and ends a run
 * (`POST …/v1/tasks/<id>/cancel`).
 */
export function createSchedulerRoutes(scheduler: ScheduledTasks): Router {
  const router = express.Router();
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

function allowOnly(...methods: readonly string[]): Handler {
  return (req, res) => {
    res.set('Allow', methods.join(', '));
    throw wrongMethod(req.method, req.path, methods);
  };
}
