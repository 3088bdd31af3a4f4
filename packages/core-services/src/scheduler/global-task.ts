import type { LoggerService, TaskDescription } from '@bulkhead/backend-plugin-api';
import { taskIdle, taskRunning } from './errors.ts';
import { firstRun, runAfter, type GlobalTaskStore, type NextRun, type RunTicket } from './global-task-store.ts';
import { Heartbeat } from './heartbeat.ts';
import type { ScheduledTask, TaskDefinition } from './scheduled-task.ts';
import type { SchedulerSettings } from './scheduler-settings.ts';
import { TaskRun, type AbortCause } from './task-run.ts';
import { describeSettings, nextCronTime } from './task-settings.ts';
import { Timer } from './timer.ts';

/** Where global tasks are kept, and who is to learn what becomes of them. */
export interface GlobalTaskContext {
  readonly pluginId: string;
  readonly settings: SchedulerSettings;
  readonly logger: LoggerService;
  readonly store: GlobalTaskStore;
  /** Called when the task may be worth a look. */
  readonly onChange: () => void;
}

const RELEASE_ATTEMPTS = 5;

/** A task of which one process at a time has a run under way. Kept in the database of the plugin. */
export class GlobalTask implements ScheduledTask {
  readonly #context: GlobalTaskContext;
  #definition: TaskDefinition;
  #run: TaskRun | undefined;
  #ended: Promise<void> = Promise.resolve();
  /** From when on it runs by itself, on the clock of `performance.now()`. */
  #readyAt = Infinity;
  #isOver = false;

  private constructor(definition: TaskDefinition, context: GlobalTaskContext) {
    this.#definition = definition;
    this.#context = context;
  }

  /** Makes a task known to all processes. */
  static async create(definition: TaskDefinition, context: GlobalTaskContext): Promise<GlobalTask> {
    const task = new GlobalTask(definition, context);
    await task.save();
    return task;
  }

  get id(): string {
    return this.#definition.id;
  }

  /** Milliseconds until this process can run it; `undefined` as long as it runs it, or for ever. */
  get wait(): number | undefined {
    if (this.#run || this.#isOver || this.#readyAt === Infinity) return undefined;
    return Math.max(0, this.#readyAt - performance.now());
  }

  /** Writes the task to the database, where it may have got lost. */
  async save(): Promise<void> {
    const { store } = this.#context;
    const { id, settings } = this.#definition;
    const { frequency, initialDelay } = settings;
    const now = frequency.type === 'cron' ? await store.now() : undefined;
    const next = firstRun(frequency, initialDelay, () => this.#nextCron(now));
    await store.save(id, describeSettings(settings), next);
    this.#context.onChange();
  }

  async update(definition: TaskDefinition): Promise<void> {
    this.#definition = definition;
    await this.save();
  }

  start(): void {
    this.#readyAt = performance.now() + this.#definition.settings.initialDelay;
    this.#context.onChange();
  }

  async trigger(): Promise<void> {
    if (this.#run) throw taskRunning(this.id);
    const ticket = await this.#context.store.claim(this.id);
    if (!ticket) throw taskRunning(this.id);
    this.begin(ticket);
  }

  async cancel(): Promise<void> {
    if (this.#run) this.#run.abort('cancel');
    else if (!(await this.#context.store.requestCancel(this.id))) throw taskIdle(this.id);
  }

  unschedule(): void {
    this.#end('unscheduled');
  }

  async stop(): Promise<void> {
    this.#end('shutdown');
    await this.#ended;
  }

  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  describe(): TaskDescription {
    const { id, settings } = this.#definition;
    return { id, scope: 'global', settings: describeSettings(settings) };
  }

  /** Runs the task, with the right to do so. */
  begin(ticket: RunTicket): void {
    this.#ended = this.#runWith(ticket).finally(() => this.#context.onChange());
  }

  /** Settles when the run that is under way here has ended, and the others know. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  #end(cause: AbortCause): void {
    this.#isOver = true;
    this.#run?.abort(cause);
  }

  async #runWith(ticket: RunTicket): Promise<void> {
    const { pluginId, logger, settings, store } = this.#context;
    const { id, fn } = this.#definition;
    if (this.#isOver) return this.#release(ticket, { type: 'now' });
    const claimedAt = performance.now();
    const heartbeat = new Heartbeat({
      every: settings.lease / 6,
      patience: settings.lease,
      beat: () => store.prolong(id, ticket),
      onFailure: (error) =>
        logger.warn(`Task '${id}' runs, and its right to do so cannot be prolonged`, error as Error),
    });
    // After the timeout others may take over, even if the function does not heed its signal.
    const { timeout } = this.#definition.settings;
    const run = new TaskRun({ id, pluginId, fn, timeout, logger, onTimeout: () => heartbeat.stop() });
    this.#run = run;
    heartbeat.start((verdict) => run.abort(verdict === 'cancelled' ? 'cancel' : 'lost'));
    const cause = await run.ended;
    heartbeat.stop();
    const now = new Date(ticket.startedAt.getTime() + performance.now() - claimedAt);
    if (cause !== 'lost') await this.#release(ticket, this.#nextRun(cause, now));
    this.#run = undefined;
  }

  /** A run that was interrupted by the end of the process is due for somebody else. */
  #nextRun(cause: AbortCause | undefined, now: Date): NextRun {
    const { frequency } = this.#definition.settings;
    return cause === 'shutdown' ? { type: 'now' } : runAfter(frequency, () => this.#nextCron(now));
  }

  #nextCron(after: Date | undefined): Date | null {
    const { frequency } = this.#definition.settings;
    if (frequency.type !== 'cron' || !after) return null;
    return nextCronTime(frequency.expression, after, this.#context.settings.timezone);
  }

  /** If it fails for good, the right expires, and the task runs once more than it should. */
  async #release(ticket: RunTicket, next: NextRun): Promise<void> {
    const { store, logger, settings } = this.#context;
    for (let attempt = 1; ; attempt++) {
      try {
        return await store.release(this.id, ticket, next);
      } catch (error) {
        if (this.#isOver || attempt === RELEASE_ATTEMPTS) {
          logger.warn(`Task '${this.id}' has run, which could not be written down`, error as Error);
          return;
        }
        await new Promise<void>((resolve) => new Timer().set(settings.lease / 6, resolve));
      }
    }
  }
}
