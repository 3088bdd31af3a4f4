import type {
  DatabaseService,
  LoggerService,
  ScheduledTaskRunner,
  SchedulerService,
  TaskDescription,
  TaskInvocation,
  TaskSchedule,
} from '@bulkhead/backend-plugin-api';
import { nearestName } from '@bulkhead/errors';
import type { JsonObject } from '@bulkhead/types';
import { schedulerStopped, unknownTask } from './errors.ts';
import { GlobalTask } from './global-task.ts';
import { GlobalTaskPoller } from './global-task-poller.ts';
import { GlobalTaskStore, type TaskState } from './global-task-store.ts';
import { LocalTask } from './local-task.ts';
import type { ScheduledTask, TaskDefinition } from './scheduled-task.ts';
import type { SchedulerSettings } from './scheduler-settings.ts';
import { checkTaskId, readTaskSettings } from './task-settings.ts';

/** What {@link DefaultSchedulerService} is made from. */
export interface SchedulerOptions {
  readonly pluginId: string;
  readonly settings: SchedulerSettings;
  readonly logger: LoggerService;
  /** Used by global tasks only. */
  readonly database: DatabaseService;
}

/** A task that this process has scheduled, as the plugin tells those who ask over HTTP. */
export interface TaskReport {
  readonly taskId: string;
  readonly pluginId: string;
  readonly scope: 'global' | 'local';
  readonly settings: JsonObject;
  /** How it stands, whichever process runs it; `null` where that is not known. */
  readonly taskState: TaskState | null;
  /** What this process does about it. */
  readonly workerState: { readonly status: 'running' | 'idle' };
}

/**
 * Recurring tasks of one plugin. Those of scope `global` are kept in the plugin's database: one process at a time runs
 * each, and when it dies, another one takes over. Those of scope `local` are kept in memory.
 *
 * Nothing runs by itself before {@link DefaultSchedulerService.start}.
 */
export class DefaultSchedulerService implements SchedulerService {
  readonly #options: SchedulerOptions;
  readonly #store: GlobalTaskStore;
  readonly #poller: GlobalTaskPoller;
  readonly #tasks = new Map<string, ScheduledTask>();
  /** The latest definition of each task: tells whose signal counts. */
  readonly #definitions = new Map<string, TaskDefinition>();
  #last: Promise<unknown> = Promise.resolve();
  #phase: 'waiting' | 'started' | 'stopped' = 'waiting';

  constructor(options: SchedulerOptions) {
    const { settings, logger, database } = options;
    this.#options = options;
    this.#store = new GlobalTaskStore(database, settings.lease);
    this.#poller = new GlobalTaskPoller({
      store: this.#store,
      tasks: () => [...this.#tasks.values()].filter((task) => task instanceof GlobalTask),
      pollInterval: settings.pollInterval,
      logger,
    });
  }

  /**
   * {@inheritDoc SchedulerService.scheduleTask}
   *
   * @throws InputError `ERR_SCHEDULER_INVALID_TASK`
   */
  async scheduleTask({ id, fn, signal, ...schedule }: TaskSchedule & TaskInvocation): Promise<void> {
    checkTaskId(id);
    const definition = { id, fn, settings: readTaskSettings(id, schedule, this.#options.settings.timezone) };
    // One after the other: two calls for one id must not make two tasks.
    const scheduled = this.#last.then(() => this.#schedule(definition, signal));
    this.#last = scheduled.catch(() => {});
    await scheduled;
  }

  /** {@inheritDoc SchedulerService.createScheduledTaskRunner} */
  createScheduledTaskRunner(schedule: TaskSchedule): ScheduledTaskRunner {
    return { run: (task) => this.scheduleTask({ ...schedule, ...task }) };
  }

  /** {@inheritDoc SchedulerService.triggerTask} */
  async triggerTask(id: string): Promise<void> {
    if (this.#phase === 'stopped') throw schedulerStopped();
    await this.#find(id).trigger();
  }

  /** {@inheritDoc SchedulerService.cancelTask} */
  async cancelTask(id: string): Promise<void> {
    await this.#find(id).cancel();
  }

  /** {@inheritDoc SchedulerService.getScheduledTasks} */
  async getScheduledTasks(): Promise<readonly TaskDescription[]> {
    return [...this.#tasks.values()].map((task) => task.describe());
  }

  /** The tasks that this process has scheduled, and how they stand. */
  async getTaskReports(): Promise<readonly TaskReport[]> {
    const tasks = [...this.#tasks.values()].map((task) => ({ ...task.describe(), isRunning: task.isRunning }));
    const globalIds = tasks.filter(({ scope }) => scope === 'global').map(({ id }) => id);
    const states = globalIds.length > 0 ? await this.#store.states(globalIds) : undefined;
    return tasks.map(({ id, scope, settings, isRunning }) => {
      const own = { status: isRunning ? 'running' : 'idle' } as const;
      const taskState = (scope === 'global' ? states?.get(id) : own) ?? null;
      return { taskId: id, pluginId: this.#options.pluginId, scope, settings, taskState, workerState: own };
    });
  }

  /** From now on tasks run by themselves: those that are scheduled, and those that will be. */
  start(): void {
    if (this.#phase !== 'waiting') return;
    this.#phase = 'started';
    for (const task of this.#tasks.values()) task.start();
  }

  /** Aborts what runs and waits for its end. Idempotent. */
  async stop(): Promise<void> {
    this.#phase = 'stopped';
    await this.#poller.stop();
    await Promise.all([...this.#tasks.values()].map((task) => task.stop()));
  }

  /** Settles once this process has no run of the task under way. */
  async settled(id: string): Promise<void> {
    await this.#tasks.get(id)?.ended;
  }

  async #schedule(definition: TaskDefinition, signal: AbortSignal | undefined): Promise<void> {
    if (this.#phase === 'stopped') throw schedulerStopped();
    if (signal?.aborted) return;
    const { id } = definition;
    const present = this.#tasks.get(id);
    if (present && present.describe().scope === definition.settings.scope) {
      await present.update(definition);
    } else {
      present?.unschedule();
      this.#tasks.delete(id);
      const task = await this.#create(definition);
      this.#tasks.set(id, task);
      if (this.#isStarted()) task.start();
    }
    this.#definitions.set(id, definition);
    const forget = (): void => this.#forget(definition);
    if (signal?.aborted) forget();
    else signal?.addEventListener('abort', forget, { once: true });
  }

  /** A function, as the phase may change while something is awaited. */
  #isStarted(): boolean {
    return this.#phase === 'started';
  }

  #create(definition: TaskDefinition): Promise<ScheduledTask> {
    const { pluginId, settings, logger } = this.#options;
    if (definition.settings.scope === 'local') {
      return Promise.resolve(new LocalTask(definition, { pluginId, timezone: settings.timezone, logger }));
    }
    const onChange = (): void => this.#poller.wake();
    return GlobalTask.create(definition, { pluginId, settings, logger, store: this.#store, onChange });
  }

  #forget(definition: TaskDefinition): void {
    const { id } = definition;
    if (this.#definitions.get(id) !== definition) return;
    this.#tasks.get(id)?.unschedule();
    this.#tasks.delete(id);
    this.#definitions.delete(id);
  }

  #find(id: string): ScheduledTask {
    const task = this.#tasks.get(id);
    if (!task) throw unknownTask(id, nearestName(id, [...this.#tasks.keys()]));
    return task;
  }
}
