import type { TaskDescription, TaskDuration, TaskSchedule } from '@bulkhead/backend-plugin-api';
import { durationToMilliseconds } from '@bulkhead/types';
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

/** What is kept and shown of the settings, in the form that Backstage's tools know. */
export function describeSettings({ frequency, timeout, initialDelay }: TaskSettings): TaskDescription['settings'] {
  return {
    version: 2,
    cadence: describeFrequency(frequency),
    timeoutAfterDuration: toIsoDuration(timeout),
    ...(initialDelay > 0 && { initialDelayDuration: toIsoDuration(initialDelay) }),
  };
}

function describeFrequency(frequency: TaskFrequency): string {
  switch (frequency.type) {
    case 'every':
      return toIsoDuration(frequency.milliseconds);
    case 'cron':
      return frequency.expression;
    case 'manual':
      return 'manual';
  }
}

function toIsoDuration(milliseconds: number): string {
  const parts = [
    [Math.floor(milliseconds / 3_600_000), 'H'],
    [Math.floor(milliseconds / 60_000) % 60, 'M'],
    [(milliseconds % 60_000) / 1_000, 'S'],
  ] as const;
  return `PT${parts.flatMap(([count, unit]) => (count > 0 ? [`${count}${unit}`] : [])).join('') || '0S'}`;
}

/** The first time that a cron expression names after `time`. */
export function nextCronTime(expression: string, time: Date, timezone: string): Date | null {
  // For a time zone, loading what is known of all of them takes as long as a small plugin does to start.
  const place = timezone === 'UTC' ? { utcOffset: 0 } : { timezone };
  return new Cron(expression, { ...place, paused: true }).nextRun(time);
}

function readFrequency(id: string, frequency: TaskSchedule['frequency'], timezone: string): TaskFrequency {
  if (typeof frequency === 'object' && 'cron' in frequency) return readCron(id, frequency.cron, timezone);
  if (typeof frequency === 'object' && 'trigger' in frequency) return { type: 'manual' };
  // None at all means again and again, as consumers of queues have it that wait inside of each run.
  return { type: 'every', milliseconds: readDuration(id, 'frequency', frequency) };
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
