/**
 * Recurring tasks, across all processes that run a plugin.
 *
 * @packageDocumentation
 */

export { schedulerServiceFactory } from './scheduler-service-factory.ts';
// Loaded when the first plugin asks for it.
export type { DefaultSchedulerService, SchedulerOptions } from './default-scheduler-service.ts';
export { readSchedulerSettings, type SchedulerSettings } from './scheduler-settings.ts';
