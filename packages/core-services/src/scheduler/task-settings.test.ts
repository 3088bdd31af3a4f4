import { describe, expect, it } from '@jest/globals';
import type { TaskSchedule } from '@bulkhead/backend-plugin-api';
import { ConfigReader } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import { readSchedulerSettings } from './scheduler-settings.ts';
import { checkTaskId, nextCronTime, readTaskSettings } from './task-settings.ts';

const read = (schedule: Partial<TaskSchedule>) =>
  readTaskSettings('a', { frequency: '1m', timeout: '1m', ...schedule }, 'UTC');
const invalid = (message: string) =>
  expect.objectContaining({ code: 'ERR_SCHEDULER_INVALID_TASK', statusCode: 400, message, hint: expect.any(String) });

describe('readTaskSettings', () => {
  it('takes durations in all forms', () => {
    const settings = { timeout: 60_000, initialDelay: 0, scope: 'global' };
    const frequency = { type: 'every', milliseconds: 90_000 };
    for (const duration of ['90s', 'PT1M30S', { minutes: 1, seconds: 30 }, { toMillis: () => 90_000 }]) {
      expect(read({ frequency: duration })).toEqual({ ...settings, frequency });
    }
    // Again and again, each time when the last run has ended.
    expect(read({ frequency: { seconds: 0 } })).toMatchObject({ frequency: { type: 'every', milliseconds: 0 } });
    expect(read({ initialDelay: { seconds: 1 }, scope: 'local' })).toMatchObject({
      initialDelay: 1_000,
      scope: 'local',
    });
  });

  it.each<[Partial<TaskSchedule>, string]>([
    [{ frequency: 'often' }, "The task 'a' needs a duration as its frequency"],
    [{ timeout: { minutes: 0 } }, "The task 'a' needs a timeout that is longer than nothing"],
    [{ frequency: {} }, "The task 'a' needs a duration as its frequency"],
    [{ timeout: { seconds: -1 } }, "The task 'a' needs a duration as its timeout"],
    [{ timeout: undefined }, "The task 'a' needs a duration as its timeout"],
    [{ initialDelay: 'later' }, "The task 'a' needs a duration as its initialDelay"],
    [{ frequency: { cron: 'every day' } }, `The task 'a' has a cron expression that cannot be read: "every day"`],
    [
      { frequency: { cron: '0 0 30 2 *' } },
      `The task 'a' has a cron expression that names no time to come: "0 0 30 2 *"`,
    ],
  ])('refuses %j', (schedule, message) => {
    expect(() => read(schedule)).toThrow(invalid(message));
  });

  it.each(['', 'a\nb', 'x'.repeat(201), 5, undefined])('refuses the id %p', (id) => {
    expect(() => checkTaskId(id)).toThrow(expect.objectContaining({ code: 'ERR_SCHEDULER_INVALID_TASK' }));
  });
});

describe('nextCronTime', () => {
  it('reads expressions in the time zone', () => {
    const after = new Date('2026-07-01T00:30:00Z');
    expect(nextCronTime('0 3 * * *', after, 'UTC')).toEqual(new Date('2026-07-01T03:00:00Z'));
    expect(nextCronTime('0 3 * * *', after, 'Europe/Berlin')).toEqual(new Date('2026-07-01T01:00:00Z'));
  });

  it.each(['*/5 * * * *', '15 4 L * *', '30 2 * * 1#2', '0 0 29 2 *', '0 0 31 4 *'])(
    'reads %s in UTC as in any place without an offset',
    (expression) => {
      for (const month of [0, 2, 5, 9]) {
        const after = new Date(Date.UTC(2026, month, 28, 23, 30));
        expect(nextCronTime(expression, after, 'UTC')).toEqual(nextCronTime(expression, after, 'Etc/UTC'));
      }
    },
  );
});

describe('readSchedulerSettings', () => {
  const readConfig = (scheduler: JsonObject) => readSchedulerSettings(new ConfigReader({ backend: { scheduler } }));

  it('has defaults', () => {
    const defaults = { timezone: 'UTC', lease: 30_000, pollInterval: 30_000 };
    expect(readSchedulerSettings(new ConfigReader({}))).toEqual(defaults);
    expect(readConfig({ timezone: 'Europe/Berlin', lease: '1m' })).toEqual({
      timezone: 'Europe/Berlin',
      lease: 60_000,
      pollInterval: 30_000,
    });
  });

  it.each([
    [{ timezone: 'Mars/Olympus' }, 'backend.scheduler.timezone'],
    [{ lease: 'long' }, 'backend.scheduler.lease'],
    [{ pollInterval: 1 }, 'backend.scheduler.pollInterval'],
  ])('names the key that is wrong: %j', (scheduler: JsonObject, key) => {
    expect(() => readConfig(scheduler)).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_VALUE', message: expect.stringContaining(`'${key}'`) }),
    );
  });
});
