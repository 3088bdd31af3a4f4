import { describe, expect, it } from '@jest/globals';
import { mockServices } from '../index.ts';

describe('mockServices.scheduler', () => {
  const schedule = { frequency: { hours: 1 }, timeout: { minutes: 1 } };

  it('runs tasks when told to, and only then', async () => {
    const scheduler = mockServices.scheduler();
    const ran: string[] = [];
    await scheduler.scheduleTask({ ...schedule, id: 'a', fn: () => void ran.push('a') });
    await scheduler.createScheduledTaskRunner(schedule).run({ id: 'b', fn: async () => void ran.push('b') });
    expect(ran).toEqual([]);
    await scheduler.runTask('b');
    await scheduler.runAllTasks();
    expect(ran).toEqual(['b', 'a', 'b']);
  });

  it('shows failures of triggered tasks and rejects those of run ones', async () => {
    const scheduler = mockServices.scheduler();
    const error = new RangeError('no');
    await scheduler.scheduleTask({ ...schedule, id: 'bad', fn: () => Promise.reject(error) });
    await expect(scheduler.runTask('bad')).rejects.toBe(error);
    await scheduler.triggerTask('bad');
    await new Promise((resolve) => setImmediate(resolve));
    expect(scheduler.failures).toEqual([{ id: 'bad', error }]);
  });
});
