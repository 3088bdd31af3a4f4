import type { TaskDuration, TaskSchedule } from '@bulkhead/backend-plugin-api';
import { durationToMilliseconds, type JsonObject } from '@bulkhead/types';
import { Cron } from 'croner';
import { invalidTask } from './errors.ts';

/** When a task runs. */
export type TaskFrequency =
  /** `milliseconds` lie between the beginnings of two runs. */
  | { readonly type: 'every'; readonly milliseconds: number }
  | { readonly type: 'cron'; readonly expression: string }
  | { readonly type: 'manual' };

/** A schedule that has been found to make sense. Times are in milliseconds. */
export interface TaskSettings {
  readonly frequency: TaskFrequency;
  readonly timeout: number;
  readonly initialDelay: number;
  readonly scope: 'global' | 'local';
}

const MAX_ID_LENGTH = 200;

/** @throws InputError `ERR_SCHEDULER_INVALID_TASK` */
export function checkTaskId(id: unknown): void {
  if (typeof id === 'string' && id !== '' && id.length <= MAX_ID_LENGTH && !/\p{Cc}/u.test(id)) return;
  throw invalidTask(String(id).slice(0, MAX_ID_LENGTH), 'has an id that cannot be one', {
    hint: `Use a text of 1 to ${MAX_ID_LENGTH} characters, for example 'todo-cleanup'.`,
  });
}

/**
 * Checks a schedule.
 *
 * @param id - names the task in messages
 * @param timezone - in which cron expressions are read
 * @throws InputError `ERR_SCHEDULER_INVALID_TASK`
 */
export function readTaskSettings(id: string, schedule: TaskSchedule, timezone: string): TaskSettings {
  const { frequency, timeout, initialDelay, scope = 'global' } = schedule;
  return {
    frequency: readFrequency(id, frequency, timezone),
    timeout: readPositive(id, 'timeout', timeout),
    initialDelay: initialDelay === undefined ? 0 : readDuration(id, 'initialDelay', initialDelay),
    scope,
  };
}

/** What is kept and shown of the settings. */
export function describeSettings({ frequency, timeout, initialDelay, scope }: TaskSettings): JsonObject {
  return {
    frequency: describeFrequency(frequency),
    timeout: { milliseconds: timeout },
    ...(initialDelay > 0 && { initialDelay: { milliseconds: initialDelay } }),
    scope,
  };
}

function describeFrequency(frequency: TaskFrequency): JsonObject {
  switch (frequency.type) {
    case 'every':
      return { milliseconds: frequency.milliseconds };
    case 'cron':
      return { cron: frequency.expression };
    case 'manual':
      return { trigger: 'manual' };
  }
}

/** The first time that a cron expression names after `time`. */
export function nextCronTime(expression: string, time: Date, timezone: string): Date | null {
  return new Cron(expression, { timezone, paused: true }).nextRun(time);
}

function readFrequency(id: string, frequency: TaskSchedule['frequency'], timezone: string): TaskFrequency {
  if (typeof frequency === 'object' && 'cron' in frequency) return readCron(id, frequency.cron, timezone);
  if (typeof frequency === 'object' && 'trigger' in frequency) return { type: 'manual' };
  return { type: 'every', milliseconds: readPositive(id, 'frequency', frequency) };
}

function readCron(id: string, expression: string, timezone: string): TaskFrequency {
  let next: Date | null;
  try {
    next = nextCronTime(expression, new Date(), timezone);
  } catch (cause) {
    throw invalidTask(id, `has a cron expression that cannot be read: ${JSON.stringify(expression)}`, {
      hint: "Write minute, hour, day, month and day of the week, for example '0 3 * * *' for each night at three.",
      cause,
    });
  }
  if (next) return { type: 'cron', expression };
  throw invalidTask(id, `has a cron expression that names no time to come: ${JSON.stringify(expression)}`, {
    hint: 'Use a day that exists.',
  });
}

function readPositive(id: string, name: string, duration: TaskDuration): number {
  const milliseconds = readDuration(id, name, duration);
  if (milliseconds > 0) return milliseconds;
  throw invalidTask(id, `needs a ${name} that is longer than nothing`, {
    hint: `For example ${name}: { minutes: 5 }.`,
  });
}

function readDuration(id: string, name: string, duration: TaskDuration): number {
  try {
    // Luxon's durations, which published plugins use, know their length themselves.
    const isForeign = typeof duration === 'object' && 'toMillis' in duration;
    return durationToMilliseconds(isForeign ? duration.toMillis() : duration);
  } catch (cause) {
    const hint = `Write ${name}: { minutes: 5 }, or ${name}: '5m'.`;
    throw invalidTask(id, `needs a duration as its ${name}`, { hint, cause });
  }
}
