import { BulkheadError, ConflictError, InputError, NotFoundError } from '@bulkhead/errors';

/** A task cannot be scheduled as it is described. */
export function invalidTask(id: string, what: string, options: { hint: string; cause?: unknown }): InputError {
  return new InputError(`The task '${id}' ${what}`, { code: 'ERR_SCHEDULER_INVALID_TASK', ...options });
}

/** This process has scheduled no such task. */
export function unknownTask(id: string, nearest: string | undefined): NotFoundError {
  return new NotFoundError(`There is no task '${id}'`, {
    code: 'ERR_SCHEDULER_TASK_UNKNOWN',
    hint: nearest ? `Did you mean '${nearest}'?` : 'Schedule it first: scheduler.scheduleTask({ id, … }).',
  });
}

/** One run at a time. */
export function taskRunning(id: string): ConflictError {
  return new ConflictError(`The task '${id}' is running already`, {
    code: 'ERR_SCHEDULER_TASK_RUNNING',
    hint: 'Wait until the run has ended, or cancel it.',
  });
}

/** There is no run to cancel. */
export function taskIdle(id: string): ConflictError {
  return new ConflictError(`The task '${id}' is not running`, { code: 'ERR_SCHEDULER_TASK_IDLE' });
}

/** The scheduler has stopped, with its plugin. */
export function schedulerStopped(): BulkheadError {
  return new BulkheadError('ERR_SCHEDULER_STOPPED', 'The scheduler has stopped, as its plugin is shutting down');
}

/** Why a run is to end; the reason of the signal that a task is given. */
export function runAborted(id: string, why: string): BulkheadError {
  return new BulkheadError('ERR_SCHEDULER_RUN_ABORTED', `The run of the task '${id}' is to end: ${why}`);
}
