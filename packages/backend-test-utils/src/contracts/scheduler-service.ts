import { describe, expect, it } from '@jest/globals';
import type { SchedulerService, TaskSchedule } from '@bulkhead/backend-plugin-api';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

/** A scheduler without tasks, and the means to wait for its runs. */
export interface SchedulerServiceSubject extends ContractSubject<SchedulerService> {
  /** Settles once no run of the task is under way. */
  settled(id: string): Promise<void>;
}

const MANUAL: TaskSchedule = { frequency: { trigger: 'manual' }, timeout: { minutes: 1 } };
const notFound = { name: 'NotFoundError' };
const conflict = { name: 'ConflictError' };

/** Contract of {@link SchedulerService}. */
export function describeSchedulerService(name: string, create: CreateSubject<SchedulerServiceSubject>): void {
  describe(`${name} as a SchedulerService`, () => {
    const subject = subjectPerTest(create);

    describe.each(['global', 'local'] as const)('with a %s task', (scope) => {
      describeRuns(subject, { ...MANUAL, scope });
    });

    it('lists what it has scheduled', async () => {
      const { service } = subject();
      await service.scheduleTask({ ...MANUAL, id: 'b', fn() {} });
      const runner = service.createScheduledTaskRunner({ ...MANUAL, frequency: { hours: 5 }, scope: 'local' });
      await runner.run({ id: 'a', fn() {} });
      const tasks = await service.getScheduledTasks();
      expect(tasks.map(({ id, scope }) => [id, scope])).toEqual([
        ['b', 'global'],
        ['a', 'local'],
      ]);
    });

    it('runs what a runner of a fixed schedule is given', async () => {
      const { service } = subject();
      const run = deferred();
      await service.createScheduledTaskRunner(MANUAL).run({ id: 'a', fn: () => run.resolve() });
      await service.triggerTask('a');
      await run.promise;
    });

    it('does not know a task that was never scheduled', async () => {
      const { service } = subject();
      await expect(service.triggerTask('a')).rejects.toMatchObject(notFound);
      await expect(service.cancelTask('a')).rejects.toMatchObject(notFound);
    });

    it('forgets a task whose signal is aborted', async () => {
      const { service } = subject();
      const controller = new AbortController();
      await service.scheduleTask({ ...MANUAL, id: 'a', fn() {}, signal: controller.signal });
      await service.scheduleTask({ ...MANUAL, id: 'b', fn() {}, signal: AbortSignal.abort() });
      controller.abort();
      expect(await service.getScheduledTasks()).toEqual([]);
    });
  });
}

function describeRuns(subject: () => SchedulerServiceSubject, schedule: TaskSchedule): void {
  it('runs it when it is triggered, once at a time', async () => {
    const { service, settled } = subject();
    const begun = deferred();
    const end = deferred();
    let runs = 0;
    await service.scheduleTask({
      ...schedule,
      id: 'a',
      async fn() {
        runs += 1;
        begun.resolve();
        await end.promise;
      },
    });
    await service.triggerTask('a');
    await begun.promise;
    await expect(service.triggerTask('a')).rejects.toMatchObject(conflict);
    end.resolve();
    await settled('a');
    await service.triggerTask('a');
    await settled('a');
    expect(runs).toBe(2);
  });

  it('can cancel the run that is under way', async () => {
    const { service, settled } = subject();
    const begun = deferred();
    await service.scheduleTask({
      ...schedule,
      id: 'a',
      fn(signal) {
        begun.resolve();
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      },
    });
    await expect(service.cancelTask('a')).rejects.toMatchObject(conflict);
    await service.triggerTask('a');
    await begun.promise;
    await service.cancelTask('a');
    await settled('a');
    await expect(service.cancelTask('a')).rejects.toMatchObject(conflict);
  });

  it('goes on after a run that failed', async () => {
    const { service, settled } = subject();
    let runs = 0;
    await service.scheduleTask({
      ...schedule,
      id: 'a',
      async fn() {
        runs += 1;
        if (runs === 1) throw new TypeError('The first run fails');
      },
    });
    await service.triggerTask('a');
    await settled('a');
    await service.triggerTask('a');
    await settled('a');
    expect(runs).toBe(2);
  });

  it('replaces a task that is scheduled again', async () => {
    const { service } = subject();
    const run = deferred();
    await service.scheduleTask({ ...schedule, id: 'a', fn: () => run.reject(new TypeError('the old one')) });
    await service.scheduleTask({ ...schedule, id: 'a', fn: () => run.resolve() });
    await service.triggerTask('a');
    await run.promise;
    expect(await service.getScheduledTasks()).toHaveLength(1);
  });
}

interface Deferred {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: Error): void;
}

function deferred(): Deferred {
  let settle: Pick<Deferred, 'resolve' | 'reject'> | undefined;
  const promise = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle! };
}
