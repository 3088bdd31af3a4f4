import type { LoggerService } from '@bulkhead/backend-plugin-api';
import { RateLimitedWarning } from '../logger/rate-limited-warning.ts';
import type { GlobalTask } from './global-task.ts';
import type { GlobalTaskStore, TaskStanding } from './global-task-store.ts';
import { Timer } from './timer.ts';

/** What a {@link GlobalTaskPoller} looks after. */
export interface GlobalTaskPollerOptions {
  readonly store: GlobalTaskStore;
  /** The tasks that this process has scheduled, as they are now. */
  readonly tasks: () => readonly GlobalTask[];
  /** Milliseconds after which it looks again even if nothing is due. */
  readonly pollInterval: number;
  readonly logger: LoggerService;
}

/** Somebody else may be about to take a task that looks due. */
const SHORTEST_PAUSE = 200;

/**
 * Begins the runs of a plugin's global tasks. It sleeps until the next one is due, as the database sees it, so idle
 * tasks cost one statement per interval, and no connection in between.
 */
export class GlobalTaskPoller {
  readonly #options: GlobalTaskPollerOptions;
  readonly #timer = new Timer();
  readonly #warning: RateLimitedWarning;
  #polling: Promise<void> | undefined;
  #isAwake = false;
  #isOver = false;

  constructor(options: GlobalTaskPollerOptions) {
    this.#options = options;
    this.#warning = new RateLimitedWarning(options.logger);
  }

  /** Looks at the tasks soon. */
  wake(): void {
    if (this.#isOver) return;
    this.#isAwake = true;
    if (!this.#polling) this.#timer.set(0, () => this.#begin());
  }

  /** Looks no more. */
  async stop(): Promise<void> {
    this.#isOver = true;
    this.#timer.clear();
    await this.#polling;
  }

  #begin(): void {
    this.#isAwake = false;
    this.#polling = this.#poll().then((wait) => {
      this.#polling = undefined;
      if (this.#isOver || wait === undefined) return;
      this.#timer.set(this.#isAwake ? 0 : wait, () => this.#begin());
    });
  }

  /** Milliseconds until it is worth another look; `undefined`: not before something changes. */
  async #poll(): Promise<number | undefined> {
    const { store, tasks, pollInterval } = this.#options;
    const idle = tasks().filter(({ wait }) => wait !== undefined);
    const runnable = idle.filter(({ wait }) => wait === 0);
    const waits = idle.flatMap(({ wait }) => (wait ? [wait] : []));
    // Not all processes at the same moment.
    const longest = pollInterval * (0.75 + Math.random() / 4);
    if (runnable.length > 0) {
      try {
        const standings = await store.claimDue(runnable.map(({ id }) => id));
        waits.push(longest, ...(await this.#take(runnable, standings)));
        this.#warning.over('The tasks of this plugin can be looked up again');
      } catch (error) {
        this.#warning.warn('The tasks of this plugin cannot be looked up; none begins', error);
        return longest / 6;
      }
    }
    if (this.#isAwake) return 0;
    return waits.length === 0 ? undefined : Math.max(SHORTEST_PAUSE, Math.min(...waits));
  }

  /** Runs what was claimed; gives the milliseconds to wait for the others. */
  async #take(runnable: readonly GlobalTask[], standings: readonly TaskStanding[]): Promise<number[]> {
    const byId = new Map(standings.map((standing) => [standing.id, standing]));
    const waits: number[] = [];
    for (const task of runnable) {
      const standing = byId.get(task.id);
      if (standing?.claimed) task.begin(standing.claimed);
      else if (standing?.wait !== undefined) waits.push(standing.wait);
      // Somebody has emptied the table.
      else if (!standing) await task.save();
    }
    return waits;
  }
}
