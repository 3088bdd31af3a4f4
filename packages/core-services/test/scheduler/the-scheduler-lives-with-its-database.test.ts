import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TaskSchedule } from '@bulkhead/backend-plugin-api';
import { TcpProxy, TestDatabase } from '@bulkhead/backend-test-utils';
import type { JsonObject } from '@bulkhead/types';
import { aborted, deferred, startScheduler, type SchedulerHarness } from './scheduler-harness.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await TestDatabase.create();
});
afterAll(() => database.dispose());

const MANUAL: TaskSchedule = { frequency: { trigger: 'manual' }, timeout: { minutes: 1 } };

/** A scheduler that reaches its database through the proxy, and soon knows that it does not. */
function startBehind(proxy: TcpProxy, pluginId: string): SchedulerHarness {
  const { backend } = database.config as { backend: { database: { connection: JsonObject } } };
  const connection = { ...backend.database.connection, port: proxy.port };
  const admin = { connection: { ...database.connection, port: proxy.port } };
  return startScheduler(database, { pluginId, settings: { lease: 600 }, connection: { connection, admin } });
}

describe('a scheduler', () => {
  it('holds no connection while its tasks wait', async () => {
    await using harness = startScheduler(database);
    await harness.scheduler.scheduleTask({ id: 'a', frequency: '1h', timeout: '1m', fn() {} });
    await harness.scheduler.triggerTask('a').catch(() => {});
    await harness.scheduler.settled('a');
    await expectNobodyHolds(harness);
  });

  it('holds no connection while a task runs', async () => {
    await using harness = startScheduler(database);
    const begun = deferred();
    await harness.scheduler.scheduleTask({
      ...MANUAL,
      id: 'b',
      async fn(signal) {
        begun.resolve();
        await aborted(signal);
      },
    });
    await harness.scheduler.triggerTask('b');
    await begun.promise;
    await expectNobodyHolds(harness);
  });

  it('goes on by itself when the database comes back, and complains once', async () => {
    await using proxy = await TcpProxy.start(database.connection);
    await using harness = startBehind(proxy, 'outage');
    let runs = 0;
    let next = deferred();
    await harness.scheduler.scheduleTask({
      id: 'a',
      frequency: { milliseconds: 1 },
      timeout: '1m',
      fn() {
        runs += 1;
        next.resolve();
      },
    });
    await next.promise;
    await proxy.cut();
    while (!harness.logger.messages('warn').some((message) => message.includes('none begins'))) await turn();
    const before = runs;
    next = deferred();
    await proxy.restore();
    await next.promise;
    expect(runs).toBe(before + 1);
    const complaints = harness.logger.messages('warn').filter((message) => message.includes('none begins'));
    expect(complaints).toHaveLength(1);
  });

  it('tells a run to end when it cannot know any more whether it is the only one', async () => {
    await using proxy = await TcpProxy.start(database.connection);
    await using harness = startBehind(proxy, 'lost');
    const begun = deferred();
    const reason = deferred<unknown>();
    await harness.scheduler.scheduleTask({
      ...MANUAL,
      id: 'a',
      async fn(signal) {
        begun.resolve();
        reason.resolve(await aborted(signal));
      },
    });
    await harness.scheduler.triggerTask('a');
    await begun.promise;
    await proxy.cut();
    expect(await reason.promise).toMatchObject({ code: 'ERR_SCHEDULER_RUN_ABORTED' });
    await harness.scheduler.settled('a');
    await proxy.restore();
  });

  it('writes its tasks down again when somebody has emptied the table', async () => {
    await using harness = startScheduler(database, { pluginId: 'emptied', waiting: true });
    const run = deferred();
    await harness.scheduler.scheduleTask({ id: 'a', frequency: '1h', timeout: '1m', fn: () => run.resolve() });
    const knex = await database.client();
    await knex.raw('TRUNCATE ??.bulkhead_scheduler_tasks', [`${database.name}_plugin_emptied`]);
    harness.scheduler.start();
    await run.promise;
  });

  it('leaves its table to somebody else where migrations are skipped', async () => {
    await using harness = startScheduler(database, { pluginId: 'skipped', connection: { skipMigrations: true } });
    const scheduled = harness.scheduler.scheduleTask({ ...MANUAL, id: 'a', fn() {} });
    await expect(scheduled).rejects.toThrow('bulkhead_scheduler_tasks');
  });
});

const turn = (): Promise<void> => new Promise(setImmediate);

/** Whoever holds one gives it back at once. */
async function expectNobodyHolds({ database: { root } }: SchedulerHarness): Promise<void> {
  while (root.pool!.owners.length > 0) await turn();
  expect(root.pool!.owners).toEqual([]);
}
