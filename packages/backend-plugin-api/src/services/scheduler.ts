import type { HumanDuration, JsonObject } from '@bulkhead/types';

/** A duration: `{ minutes: 5 }`, `'5m'`, an ISO 8601 period, or anything with `toMillis()` such as luxon's. */
export type TaskDuration = HumanDuration | string | { toMillis(): number };

/** When and how a task runs. */
export interface TaskSchedule {
  /** A cron expression, the time between the beginnings of two runs, or only when triggered. */
  readonly frequency: { readonly cron: string } | { readonly trigger: 'manual' } | TaskDuration;
  /** After which time a run is aborted, and taken over by another process if its own has died. */
  readonly timeout: TaskDuration;
  /** How long to wait before the first run after each start. */
  readonly initialDelay?: TaskDuration;
  /** `global`: one runner at a time among all processes. `local`: each process for itself. Defaults to `global`. */
  readonly scope?: 'global' | 'local';
}

/** The work of a task. It should end soon after `signal` is aborted. */
export type TaskFunction = (signal: AbortSignal) => void | Promise<void>;

/** What is run. */
export interface TaskInvocation {
  /** Unique within the plugin. */
  readonly id: string;
  readonly fn: TaskFunction;
  /** Stops scheduling when aborted. */
  readonly signal?: AbortSignal;
}

/** Runs whatever it is given on a fixed schedule. */
export interface ScheduledTaskRunner {
  run(task: TaskInvocation): Promise<void>;
}

/** A task that this process knows. */
export interface TaskDescription {
  readonly id: string;
  readonly scope: 'global' | 'local';
  /** As Backstage describes them: `cadence`, `timeoutAfterDuration`, `initialDelayDuration`. */
  readonly settings: { readonly version: number } & JsonObject;
}

/** Recurring tasks of the plugin, across all processes that run it. */
export interface SchedulerService {
  /** Schedules a task, or gives a known one a new schedule. */
  scheduleTask(task: TaskSchedule & TaskInvocation): Promise<void>;
  /** Fixes a schedule, to hand the decision what to run to somebody else. */
  createScheduledTaskRunner(schedule: TaskSchedule): ScheduledTaskRunner;
  /**
   * Runs a task now.
   *
   * @throws NotFoundError for an unknown id; ConflictError when it is running already.
   */
  triggerTask(id: string): Promise<void>;
  /**
   * Aborts the run that is under way.
   *
   * @throws NotFoundError for an unknown id; ConflictError when it is not running.
   */
  cancelTask(id: string): Promise<void>;
  /** The tasks that this process has scheduled. */
  getScheduledTasks(): Promise<readonly TaskDescription[]>;
}
