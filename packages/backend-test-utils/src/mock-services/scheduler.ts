import type {
  ScheduledTaskRunner,
  SchedulerService,
  TaskDescription,
  TaskInvocation,
  TaskSchedule,
} from '@bulkhead/backend-plugin-api';
import { ConflictError, NotFoundError } from '@bulkhead/errors';
import type { JsonObject } from '@bulkhead/types';
import { recordCalls, type Recorded } from '../recorded-calls.ts';

/** A run that ended with an error and that nobody waited for. */
export interface MockTaskFailure {
  readonly id: string;
  readonly error: unknown;
}

/** A scheduler that runs nothing by itself. */
export type MockScheduler = Recorded<
  SchedulerService,
  {
    /** Runs a task and waits until it has ended. Rejects with what the task throws. */
    runTask(id: string): Promise<void>;
    /** Runs all tasks, one after another in the order in which they were scheduled. */
    runAllTasks(): Promise<void>;
    /** Settles once no run of the task is under way, however it ends. */
    settled(id: string): Promise<void>;
    /** The failures of tasks that were started by `triggerTask`. */
    readonly failures: readonly MockTaskFailure[];
  }
>;

type MockSchedulerControl = Pick<MockScheduler, 'runTask' | 'runAllTasks' | 'settled' | 'failures'>;

/** @internal */
export function createMockScheduler(): MockScheduler {
  const scheduler = new ManualScheduler();
  return recordCalls<SchedulerService, MockSchedulerControl>(scheduler, {
    runTask: (id) => scheduler.run(id),
    runAllTasks: async () => {
      for (const { id } of await scheduler.getScheduledTasks()) await scheduler.run(id);
    },
    settled: (id) => scheduler.settled(id),
    failures: scheduler.failures,
  });
}

interface ManualTask extends TaskInvocation {
  readonly schedule: TaskSchedule;
  /** The run that is under way. */
  running?: { readonly controller: AbortController; readonly ended: Promise<void> };
}

class ManualScheduler implements SchedulerService {
  readonly failures: MockTaskFailure[] = [];
  readonly #tasks = new Map<string, ManualTask>();

  async scheduleTask({ id, fn, signal, ...schedule }: TaskSchedule & TaskInvocation): Promise<void> {
    if (signal?.aborted) return;
    const task: ManualTask = { id, fn, schedule };
    this.#tasks.set(id, task);
    signal?.addEventListener('abort', () => {
      if (this.#tasks.get(id) === task) this.#tasks.delete(id);
    });
  }

  createScheduledTaskRunner(schedule: TaskSchedule): ScheduledTaskRunner {
    return { run: (task) => this.scheduleTask({ ...schedule, ...task }) };
  }

  async triggerTask(id: string): Promise<void> {
    this.#start(id).catch((error: unknown) => this.failures.push({ id, error }));
  }

  async cancelTask(id: string): Promise<void> {
    const { running } = this.#find(id);
    if (!running) throw new ConflictError(`The task '${id}' is not running`);
    running.controller.abort();
  }

  async getScheduledTasks(): Promise<readonly TaskDescription[]> {
    return [...this.#tasks.values()].map(({ id, schedule }) => ({
      id,
      scope: schedule.scope ?? 'global',
      // Durations may be objects with methods, which JSON leaves out.
      settings: { version: 2, ...(JSON.parse(JSON.stringify(schedule)) as JsonObject) },
    }));
  }

  async run(id: string): Promise<void> {
    await this.#start(id);
  }

  async settled(id: string): Promise<void> {
    await this.#tasks.get(id)?.running?.ended.catch(() => {});
  }

  #find(id: string): ManualTask {
    const task = this.#tasks.get(id);
    if (!task) throw new NotFoundError(`There is no task '${id}'`);
    return task;
  }

  /** Refuses at once, so that `triggerTask` rejects; what is returned settles with the run. */
  #start(id: string): Promise<void> {
    const task = this.#find(id);
    if (task.running) throw new ConflictError(`The task '${id}' is running already`);
    const controller = new AbortController();
    const ended = Promise.resolve(controller.signal)
      .then(task.fn)
      .finally(() => {
        task.running = undefined;
      });
    task.running = { controller, ended };
    return ended;
  }
}
