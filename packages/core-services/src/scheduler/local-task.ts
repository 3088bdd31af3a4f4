import type { LoggerService, TaskDescription } from '@bulkhead/backend-plugin-api';
import { taskIdle, taskRunning } from './errors.ts';
import type { ScheduledTask, TaskDefinition } from './scheduled-task.ts';
import { TaskRun, type AbortCause } from './task-run.ts';
import { describeSettings, nextCronTime } from './task-settings.ts';
import { Timer } from './timer.ts';

/** For whom local tasks run. */
export interface LocalTaskContext {
  readonly pluginId: string;
  readonly timezone: string;
  readonly logger: LoggerService;
}

/** A task that this process runs without regard to others. Kept in memory. */
export class LocalTask implements ScheduledTask {
  readonly #context: LocalTaskContext;
  readonly #timer = new Timer();
  #definition: TaskDefinition;
  #run: TaskRun | undefined;
  #ended: Promise<void> = Promise.resolve();
  #isStarted = false;
  #isOver = false;

  constructor(definition: TaskDefinition, context: LocalTaskContext) {
    this.#definition = definition;
    this.#context = context;
  }

  async update(definition: TaskDefinition): Promise<void> {
    this.#definition = definition;
    if (this.#isStarted && !this.#run) this.#scheduleFirst();
  }

  start(): void {
    if (this.#isStarted || this.#isOver) return;
    this.#isStarted = true;
    this.#scheduleFirst();
  }

  async trigger(): Promise<void> {
    if (this.#run) throw taskRunning(this.#definition.id);
    this.#begin();
  }

  async cancel(): Promise<void> {
    if (!this.#run) throw taskIdle(this.#definition.id);
    this.#run.abort('cancel');
  }

  unschedule(): void {
    this.#end('unscheduled');
  }

  async stop(): Promise<void> {
    this.#end('shutdown');
    await this.ended;
  }

  get ended(): Promise<void> {
    return this.#ended;
  }

  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  describe(): TaskDescription {
    const { id, settings } = this.#definition;
    return { id, scope: 'local', settings: describeSettings(settings) };
  }

  #end(cause: AbortCause): void {
    this.#isOver = true;
    this.#timer.clear();
    this.#run?.abort(cause);
  }

  #scheduleFirst(): void {
    const { initialDelay, frequency } = this.#definition.settings;
    const wait = frequency.type === 'every' ? 0 : this.#untilNext(performance.now());
    if (wait !== undefined) this.#timer.set(Math.max(initialDelay, wait), () => this.#begin());
  }

  #begin(): void {
    if (this.#run || this.#isOver) return;
    this.#timer.clear();
    const { id, fn, settings } = this.#definition;
    const { pluginId, logger } = this.#context;
    const startedAt = performance.now();
    const run = new TaskRun({ id, pluginId, fn, timeout: settings.timeout, logger });
    this.#run = run;
    this.#ended = run.ended.then(() => {
      this.#run = undefined;
      const wait = this.#untilNext(startedAt);
      if (this.#isStarted && !this.#isOver && wait !== undefined) this.#timer.set(wait, () => this.#begin());
    });
  }

  /** Milliseconds from now to the run after the one that began at `startedAt`; `undefined`: only when triggered. */
  #untilNext(startedAt: number): number | undefined {
    const { frequency } = this.#definition.settings;
    if (frequency.type === 'manual') return undefined;
    if (frequency.type === 'every') return startedAt + frequency.milliseconds - performance.now();
    const now = new Date();
    const next = nextCronTime(frequency.expression, now, this.#context.timezone);
    return next ? next.getTime() - now.getTime() : undefined;
  }
}
