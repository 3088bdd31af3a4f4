import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { executionContext, type TaskSchedule } from '@bulkhead/backend-plugin-api';
import { noopServices } from '@bulkhead/backend-plugin-api/testing';
import { TestDatabase } from '@bulkhead/backend-test-utils';
import { describeSchedulerService } from '@bulkhead/backend-test-utils/contracts';
import { aborted, deferred, startScheduler } from '../../test/scheduler/scheduler-harness.ts';
import { DefaultSchedulerService } from './default-scheduler-service.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await TestDatabase.create();
});
afterAll(() => database.dispose());

const MANUAL: TaskSchedule = { frequency: { trigger: 'manual' }, timeout: { minutes: 1 } };

let count = 0;
const start = (options: Parameters<typeof startScheduler>[1] = {}): ReturnType<typeof startScheduler> =>
  startScheduler(database, { pluginId: `plugin${++count}`, ...options });

describeSchedulerService('DefaultSchedulerService', () => {
  const harness = start();
  return {
    service: harness.scheduler,
    settled: (id) => harness.scheduler.settled(id),
    dispose: async () => harness[Symbol.asyncDispose](),
  };
});

describe.each(['global', 'local'] as const)('a %s task', (scope) => {
  it('runs at once, and again and again, once the scheduler has started', async () => {
    await using harness = start({ waiting: true });
    const third = deferred();
    let runs = 0;
    const fn = (): void => {
      runs += 1;
      if (runs === 3) third.resolve();
    };
    await harness.scheduler.scheduleTask({ id: 'a', scope, frequency: { milliseconds: 1 }, timeout: '1m', fn });
    expect(runs).toBe(0);
    harness.scheduler.start();
    harness.scheduler.start();
    await third.promise;
  });

  it('runs when its cron expression says so', async () => {
    await using harness = start();
    const run = deferred();
    const frequency = { cron: '* * * * * *' };
    await harness.scheduler.scheduleTask({ id: 'a', scope, frequency, timeout: '1m', fn: () => run.resolve() });
    await run.promise;
  });

  it('runs for its plugin, also when a request has triggered it', async () => {
    await using harness = start();
    const context = deferred<unknown>();
    await harness.scheduler.scheduleTask({
      ...MANUAL,
      scope,
      id: 'a',
      fn: () => context.resolve(executionContext.current()),
    });
    await executionContext.run({ pluginId: 'other', requestId: 'r' }, () => harness.scheduler.triggerTask('a'));
    expect(await context.promise).toEqual({ pluginId: `plugin${count}` });
  });

  it('is told to end when it takes too long, and runs again', async () => {
    await using harness = start();
    const reasons: unknown[] = [];
    const second = deferred();
    await harness.scheduler.scheduleTask({
      id: 'a',
      scope,
      frequency: { milliseconds: 1 },
      timeout: { milliseconds: 20 },
      async fn(signal) {
        if (reasons.length === 1) return second.resolve();
        reasons.push(await aborted(signal));
      },
    });
    await second.promise;
    expect(reasons).toEqual([
      expect.objectContaining({
        code: 'ERR_SCHEDULER_RUN_ABORTED',
        message: "The run of the task 'a' is to end: it has taken too long",
      }),
    ]);
    expect(harness.logger.messages('warn')).toEqual([
      "Task 'a' has taken longer than its timeout of 20 ms and is told to end",
    ]);
  });

  it('logs a failure with its error, and runs again', async () => {
    await using harness = start();
    const failure = new TypeError('no');
    const second = deferred();
    let runs = 0;
    await harness.scheduler.scheduleTask({
      id: 'a',
      scope,
      frequency: { milliseconds: 1 },
      timeout: '1m',
      fn() {
        runs += 1;
        if (runs === 1) throw failure;
        second.resolve();
      },
    });
    await second.promise;
    expect(harness.logger.lines.filter(({ level }) => level === 'error')).toMatchObject([
      { message: "Task 'a' failed", error: failure },
    ]);
  });

  it('is aborted and awaited when the plugin stops', async () => {
    const harness = start();
    const begun = deferred();
    let isOver = false;
    await harness.scheduler.scheduleTask({
      ...MANUAL,
      scope,
      id: 'a',
      async fn(signal) {
        begun.resolve();
        await aborted(signal);
        await new Promise(setImmediate);
        isOver = true;
        throw signal.reason;
      },
    });
    await harness.scheduler.triggerTask('a');
    await begun.promise;
    await harness[Symbol.asyncDispose]();
    expect(isOver).toBe(true);
    expect(harness.logger.messages('error')).toEqual([]);
    const stopped = { code: 'ERR_SCHEDULER_STOPPED' };
    await expect(harness.scheduler.triggerTask('a')).rejects.toMatchObject(stopped);
    await expect(harness.scheduler.scheduleTask({ ...MANUAL, scope, id: 'b', fn() {} })).rejects.toMatchObject(stopped);
  });

  it('is aborted when its signal is, and not by the signal of what it replaced', async () => {
    await using harness = start();
    const [old, current] = [new AbortController(), new AbortController()];
    const begun = deferred();
    const ended = deferred<unknown>();
    await harness.scheduler.scheduleTask({ ...MANUAL, scope, id: 'a', fn() {}, signal: old.signal });
    await harness.scheduler.scheduleTask({
      ...MANUAL,
      scope,
      id: 'a',
      signal: current.signal,
      async fn(signal) {
        begun.resolve();
        ended.resolve(await aborted(signal));
      },
    });
    old.abort();
    await harness.scheduler.triggerTask('a');
    await begun.promise;
    current.abort();
    expect(await ended.promise).toMatchObject({ message: expect.stringContaining('not scheduled any more') });
    expect(await harness.scheduler.getScheduledTasks()).toEqual([]);
  });
});

describe('DefaultSchedulerService', () => {
  it('shows the settings of its tasks', async () => {
    await using harness = start({ waiting: true });
    const schedules: Record<string, TaskSchedule> = {
      every: { frequency: { minutes: 5 }, timeout: 'PT1M', initialDelay: '5s' },
      cron: { frequency: { cron: '0 3 * * *' }, timeout: { toMillis: () => 1000 }, scope: 'local' },
      manual: MANUAL,
    };
    for (const [id, schedule] of Object.entries(schedules)) {
      await harness.scheduler.scheduleTask({ ...schedule, id, fn() {} });
    }
    expect(await harness.scheduler.getScheduledTasks()).toEqual([
      {
        id: 'every',
        scope: 'global',
        settings: { version: 2, cadence: 'PT5M', timeoutAfterDuration: 'PT1M', initialDelayDuration: 'PT5S' },
      },
      {
        id: 'cron',
        scope: 'local',
        settings: { version: 2, cadence: '0 3 * * *', timeoutAfterDuration: 'PT1S' },
      },
      {
        id: 'manual',
        scope: 'global',
        settings: { version: 2, cadence: 'manual', timeoutAfterDuration: 'PT1M' },
      },
    ]);
  });

  it('needs no database for tasks of scope local', async () => {
    const scheduler = new DefaultSchedulerService({
      pluginId: 'todo',
      settings: { timezone: 'UTC', lease: 600, pollInterval: 600 },
      logger: noopServices.logger(),
      database: noopServices.database(),
    });
    await scheduler.scheduleTask({ ...MANUAL, scope: 'local', id: 'a', fn() {} });
    const global = scheduler.scheduleTask({ ...MANUAL, id: 'b', fn() {} });
    await expect(global).rejects.toMatchObject({ code: 'ERR_PLUGIN_API_NOOP_SERVICE' });
    await scheduler.triggerTask('a');
    await scheduler.stop();
  });

  it('changes the scope of a task', async () => {
    await using harness = start();
    await harness.scheduler.scheduleTask({ ...MANUAL, scope: 'local', id: 'a', fn() {} });
    await harness.scheduler.scheduleTask({ ...MANUAL, scope: 'global', id: 'a', fn() {} });
    expect(await harness.scheduler.getScheduledTasks()).toMatchObject([{ id: 'a', scope: 'global' }]);
  });

  it('makes one task of two calls at once', async () => {
    await using harness = start();
    await Promise.all([1, 2].map(() => harness.scheduler.scheduleTask({ ...MANUAL, id: 'a', fn() {} })));
    expect(await harness.scheduler.getScheduledTasks()).toHaveLength(1);
  });

  it('says which task may have been meant', async () => {
    await using harness = start();
    await harness.scheduler.scheduleTask({ ...MANUAL, scope: 'local', id: 'cleanup', fn() {} });
    await expect(harness.scheduler.triggerTask('clenup')).rejects.toMatchObject({
      code: 'ERR_SCHEDULER_TASK_UNKNOWN',
      hint: "Did you mean 'cleanup'?",
    });
    await expect(harness.scheduler.cancelTask('cleanup')).rejects.toMatchObject({ code: 'ERR_SCHEDULER_TASK_IDLE' });
  });
});
