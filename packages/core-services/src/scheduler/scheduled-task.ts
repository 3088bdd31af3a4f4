import type { TaskDescription, TaskFunction } from '@bulkhead/backend-plugin-api';
import type { TaskSettings } from './task-settings.ts';

/** What a task is made of, apart from where it is kept. */
export interface TaskDefinition {
  readonly id: string;
  readonly fn: TaskFunction;
  readonly settings: TaskSettings;
}

/** A task that this process has scheduled. */
export interface ScheduledTask {
  /** Gives the task another function and other settings of the same scope; a run that is under way goes on. */
  update(definition: TaskDefinition): Promise<void>;
  /** From now on it runs by itself. */
  start(): void;
  /** Begins a run. @throws ConflictError when there is one */
  trigger(): Promise<void>;
  /** Aborts the run that is under way. @throws ConflictError when there is none */
  cancel(): Promise<void>;
  /** It never runs again by itself. */
  unschedule(): void;
  /** As the process stops: aborts the run that is under way, and waits for its end. */
  stop(): Promise<void>;
  describe(): TaskDescription;
  /** Whether this process has a run of it under way. */
  readonly isRunning: boolean;
  /** Settles once this process has no run of it under way, and others know. */
  readonly ended: Promise<void>;
}
