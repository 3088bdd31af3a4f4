import { executionContext, type LoggerService, type TaskFunction } from '@bulkhead/backend-plugin-api';
import { describeThrown } from '@bulkhead/errors';
import { runAborted } from './errors.ts';
import { Timer } from './timer.ts';

/** Why a run was told to end. */
export type AbortCause = 'timeout' | 'cancel' | 'shutdown' | 'unscheduled' | 'lost';

const WORDS: Readonly<Record<AbortCause, string>> = {
  timeout: 'it has taken too long',
  cancel: 'it was cancelled',
  shutdown: 'the plugin is shutting down',
  unscheduled: 'the task is not scheduled any more',
  lost: 'the right to run it was lost to another process, or cannot be prolonged',
};

/** What is run, and for whom. */
export interface TaskRunOptions {
  readonly id: string;
  readonly pluginId: string;
  readonly fn: TaskFunction;
  /** Milliseconds after which it is told to end. */
  readonly timeout: number;
  readonly logger: LoggerService;
  /** Called when it has taken too long and was told to end. */
  readonly onTimeout?: () => void;
}

/** One run of a task, from the moment at which it is made. A failure is logged and goes no further. */
export class TaskRun {
  /** Settles when the function has; never rejects. Tells why it was told to end, if it was. */
  readonly ended: Promise<AbortCause | undefined>;
  readonly #options: TaskRunOptions;
  readonly #controller = new AbortController();
  readonly #timer = new Timer();
  #cause: AbortCause | undefined;

  constructor(options: TaskRunOptions) {
    this.#options = options;
    this.ended = this.#run();
  }

  /** Tells the function to end. The first cause counts. */
  abort(cause: AbortCause): void {
    if (this.#cause !== undefined) return;
    this.#cause = cause;
    this.#timer.clear();
    const { id } = this.#options;
    this.#controller.abort(runAborted(id, WORDS[cause]));
  }

  async #run(): Promise<AbortCause | undefined> {
    const { id, pluginId, fn, timeout, logger } = this.#options;
    const startedAt = performance.now();
    this.#timer.set(timeout, () => this.#takeTooLong());
    try {
      logger.debug(`Task '${id}' begins`);
      await executionContext.run({ pluginId }, async () => fn(this.#controller.signal));
      this.#logEnd(startedAt);
    } catch (error) {
      if (this.#cause === undefined) logger.error(`Task '${id}' failed`, asError(error));
      else this.#logEnd(startedAt);
    } finally {
      this.#timer.clear();
    }
    return this.#cause;
  }

  #takeTooLong(): void {
    const { id, timeout, logger, onTimeout } = this.#options;
    logger.warn(`Task '${id}' has taken longer than its timeout of ${timeout} ms and is told to end`);
    this.abort('timeout');
    onTimeout?.();
  }

  #logEnd(startedAt: number): void {
    const { id, logger } = this.#options;
    const milliseconds = Math.round(performance.now() - startedAt);
    const why = this.#cause === undefined ? '' : `, since ${WORDS[this.#cause]}`;
    logger.debug(`Task '${id}' has ended${why}`, { milliseconds });
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new TypeError(describeThrown(error));
}
