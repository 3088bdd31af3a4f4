import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TaskSchedule } from '@bulkhead/backend-plugin-api';
import { TestDatabase } from '@bulkhead/backend-test-utils';
import { allClocksBut } from '../clocks.ts';
import { aborted, deferred, startScheduler, type SchedulerHarness } from './scheduler-harness.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await TestDatabase.create();
});
afterAll(() => database.dispose());

const MANUAL: TaskSchedule = { frequency: { trigger: 'manual' }, timeout: { minutes: 1 } };

let count = 0;
/** Several processes that run the same plugin. */
function startReplicas(replicas: number, options: Parameters<typeof startScheduler>[1] = {}) {
  const pluginId = `plugin${++count}`;
  const harnesses = Array.from({ length: replicas }, () => startScheduler(database, { pluginId, ...options }));
  return {
    pluginId,
    harnesses: harnesses as [SchedulerHarness, SchedulerHarness, ...SchedulerHarness[]],
    async [Symbol.asyncDispose]() {
      await Promise.all(harnesses.map((harness) => harness[Symbol.asyncDispose]()));
    },
  };
}

/** What the database has about a task. */
async function rowOf(pluginId: string, id: string): Promise<{ minutes: number | null; running: boolean } | undefined> {
  const knex = await database.client();
  const { rows } = await knex.raw<{ rows: { minutes: number | null; running: boolean }[] }>(
    `SELECT round(extract(epoch FROM next_run_at - now()) / 60)::int AS minutes, run_ticket IS NOT NULL AS running
       FROM ??.bulkhead_scheduler_tasks WHERE id = ?`,
    [`${database.name}_plugin_${pluginId}`, id],
  );
  return rows[0];
}

describe('a global task', () => {
  it('never has two runs at once among four processes that start at once', async () => {
    await using replicas = startReplicas(4);
    const enough = deferred();
    let [running, most, runs] = [0, 0, 0];
    await Promise.all(
      replicas.harnesses.map(({ scheduler }) =>
        scheduler.scheduleTask({
          id: 'a',
          frequency: { milliseconds: 1 },
          timeout: '1m',
          async fn() {
            running += 1;
            most = Math.max(most, running);
            await new Promise(setImmediate);
            running -= 1;
            runs += 1;
            if (runs === 10) enough.resolve();
          },
        }),
      ),
    );
    await enough.promise;
    expect(most).toBe(1);
  });

  it('is taken over when the process that runs it is killed', async () => {
    const children: ChildProcess[] = [];
    const spawn = (): { readonly child: ChildProcess; readonly told: Record<string, Promise<void>> } => {
      const child = fork(join(import.meta.dirname, '../fixtures/run-task.ts'), [JSON.stringify(database.config)], {
        execArgv: ['--conditions=@bulkhead/source'],
        env: { ...process.env, NODE_OPTIONS: '' },
      });
      children.push(child);
      const [scheduled, begun] = [deferred(), deferred()];
      // Both may come in one piece.
      child.on('message', (message) => (message === 'begun' ? begun : scheduled).resolve());
      return { child, told: { scheduled: scheduled.promise, begun: begun.promise } };
    };
    try {
      const first = spawn();
      await first.told.begun;
      const second = spawn();
      await second.told.scheduled;
      first.child.kill('SIGKILL');
      await second.told.begun;
    } finally {
      for (const child of children) child.kill('SIGKILL');
    }
  });

  it('is taken over when the process that runs it stops', async () => {
    await using replicas = startReplicas(2);
    const [first, second] = replicas.harnesses;
    const begun = deferred<SchedulerHarness>();
    const takenOver = deferred<SchedulerHarness>();
    for (const harness of [first, second]) {
      await harness.scheduler.scheduleTask({
        id: 'a',
        frequency: { hours: 1 },
        timeout: { hours: 1 },
        async fn(signal) {
          begun.resolve(harness);
          if ((await begun.promise) !== harness) takenOver.resolve(harness);
          await aborted(signal);
        },
      });
    }
    const runner = await begun.promise;
    await runner.scheduler.stop();
    expect(await takenOver.promise).toBe(runner === first ? second : first);
  });

  it('can be cancelled by another process, and not be triggered there', async () => {
    await using replicas = startReplicas(2);
    const [first, second] = replicas.harnesses;
    const reason = deferred<unknown>();
    const begun = deferred();
    await first.scheduler.scheduleTask({
      ...MANUAL,
      id: 'a',
      async fn(signal) {
        begun.resolve();
        reason.resolve(await aborted(signal));
      },
    });
    await second.scheduler.scheduleTask({ ...MANUAL, id: 'a', fn() {} });
    await expect(second.scheduler.cancelTask('a')).rejects.toMatchObject({ code: 'ERR_SCHEDULER_TASK_IDLE' });
    await first.scheduler.triggerTask('a');
    await begun.promise;
    await expect(second.scheduler.triggerTask('a')).rejects.toMatchObject({ code: 'ERR_SCHEDULER_TASK_RUNNING' });
    await second.scheduler.cancelTask('a');
    expect(await reason.promise).toMatchObject({ message: "The run of the task 'a' is to end: it was cancelled" });
  });

  it('keeps its time over a restart, unless its schedule has changed', async () => {
    const schedule = { timeout: '1m', fn() {}, id: 'a' };
    await using first = startScheduler(database, { pluginId: 'restart', waiting: true });
    await first.scheduler.scheduleTask({ ...schedule, frequency: { hours: 2 }, initialDelay: { hours: 1 } });
    expect(await rowOf('restart', 'a')).toEqual({ minutes: 60, running: false });
    await using second = startScheduler(database, { pluginId: 'restart', waiting: true });
    await (
      await database.client()
    ).raw(`UPDATE ??.bulkhead_scheduler_tasks SET next_run_at = now() + interval '30 minutes'`, [
      `${database.name}_plugin_restart`,
    ]);
    await second.scheduler.scheduleTask({ ...schedule, frequency: { hours: 2 }, initialDelay: { hours: 1 } });
    expect(await rowOf('restart', 'a')).toEqual({ minutes: 30, running: false });
    await second.scheduler.scheduleTask({ ...schedule, frequency: { hours: 2 }, initialDelay: { hours: 3 } });
    expect(await rowOf('restart', 'a')).toEqual({ minutes: 180, running: false });
    await second.scheduler.scheduleTask({ ...schedule, frequency: { trigger: 'manual' } });
    expect(await rowOf('restart', 'a')).toEqual({ minutes: null, running: false });
  });

  it('is next due counted from the beginning of its run', async () => {
    await using harness = startScheduler(database, { pluginId: 'next' });
    await harness.scheduler.scheduleTask({
      id: 'a',
      frequency: { hours: 2 },
      timeout: '1m',
      initialDelay: '1d',
      fn() {},
    });
    await harness.scheduler.triggerTask('a');
    await harness.scheduler.settled('a');
    expect(await rowOf('next', 'a')).toEqual({ minutes: 120, running: false });
  });

  it('goes by the clock of the database, not by that of the process', async () => {
    const tomorrow = new Date(Date.now() + 24 * 60 * 60 * 1_000 + 30 * 60 * 1_000);
    jest.useFakeTimers({ now: tomorrow, advanceTimers: false, doNotFake: allClocksBut('Date') });
    try {
      await using harness = startScheduler(database, { pluginId: 'skewed' });
      const cron = { cron: `${(tomorrow.getUTCMinutes() + 30) % 60} * * * *` };
      const run = deferred();
      await harness.scheduler.scheduleTask({ id: 'every', frequency: '1h', timeout: '1m', fn: () => run.resolve() });
      await run.promise;
      await harness.scheduler.scheduleTask({ id: 'cron', frequency: cron, timeout: '1m', fn() {} });
      expect((await rowOf('skewed', 'cron'))!.minutes).toBeLessThanOrEqual(60);
      await harness.scheduler.triggerTask('cron');
      await harness.scheduler.settled('cron');
      expect((await rowOf('skewed', 'cron'))!.minutes).toBeLessThanOrEqual(60);
    } finally {
      jest.useRealTimers();
    }
  });
});
