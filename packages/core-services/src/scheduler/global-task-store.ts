import type { DatabaseService } from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';
import type { Knex } from 'knex';
import { migrateTasks, TASKS_TABLE } from './migrations.ts';
import type { TaskFrequency } from './task-settings.ts';

/** The right to run a task, until it expires. */
export interface RunTicket {
  readonly ticket: string;
  /** When the run began, by the clock of the database. */
  readonly startedAt: Date;
}

/** How a task stands, as far as this process is concerned. */
export interface TaskStanding {
  readonly id: string;
  /** Present if this process got the right to run it just now. */
  readonly claimed?: RunTicket;
  /** Milliseconds until it is worth another look; `undefined`: it waits to be triggered. */
  readonly wait?: number;
}

/** When a task runs next, after a run or at first. */
export type NextRun =
  | { readonly type: 'now' }
  | { readonly type: 'in'; readonly milliseconds: number }
  /** Counted from the beginning of the run that ends. */
  | { readonly type: 'after-start'; readonly milliseconds: number }
  | { readonly type: 'at'; readonly time: Date }
  | { readonly type: 'never' };

/** How a task stands in the database, whichever process runs it. Times are written in ISO 8601. */
export type TaskState =
  { readonly status: 'running'; readonly startedAt?: string } | { readonly status: 'idle'; readonly startsAt?: string };

interface StateRow {
  readonly id: string;
  readonly running: boolean;
  readonly time: Date | null;
}

interface StandingRow {
  readonly id: string;
  readonly ticket: string | null;
  readonly started_at: Date | null;
  readonly wait: number | null;
}

/**
 * The tasks of a plugin in its database. All times are those of the database's clock, so the clocks of the processes
 * may differ. Each statement is atomic: two processes never get the right to run the same task.
 */
export class GlobalTaskStore {
  readonly #database: DatabaseService;
  readonly #lease: number;
  #knex: Promise<Knex> | undefined;

  /** @param lease - milliseconds for which a right to run lasts if it is not prolonged */
  constructor(database: DatabaseService, lease: number) {
    this.#database = database;
    this.#lease = lease;
  }

  /** The present time of the database. */
  async now(): Promise<Date> {
    const { rows } = await this.#query<{ now: Date }>('SELECT now() AS now', []);
    return rows[0]!.now;
  }

  /** Makes a task known. `next` counts if the task is new, or was scheduled otherwise before. */
  async save(id: string, settings: JsonObject, next: NextRun): Promise<void> {
    const time = timeOf(next);
    await this.#query(
      `INSERT INTO ${TASKS_TABLE} AS task (id, settings, next_run_at) VALUES (?, ?::jsonb, ${time.sql})
       ON CONFLICT (id) DO UPDATE SET
         settings = excluded.settings,
         next_run_at = CASE WHEN task.settings = excluded.settings THEN task.next_run_at ELSE excluded.next_run_at END`,
      [id, JSON.stringify(settings), ...time.bindings],
    );
  }

  /**
   * Takes the right to run those tasks that are due, or whose process has died, and tells how all stand.
   *
   * @param runnable - ids of tasks that this process could run now
   */
  async claimDue(runnable: readonly string[]): Promise<TaskStanding[]> {
    const { rows } = await this.#query<StandingRow>(
      `WITH claimed AS (
         UPDATE ${TASKS_TABLE} SET ${this.#claim()}
          WHERE id = ANY(?) AND CASE WHEN run_ticket IS NULL THEN next_run_at ELSE run_expires_at END <= now()
         RETURNING id, run_ticket, run_started_at
       )
       SELECT task.id, claimed.run_ticket AS ticket, claimed.run_started_at AS started_at,
              extract(epoch FROM CASE WHEN task.run_ticket IS NULL THEN task.next_run_at ELSE task.run_expires_at END - now())::float8 * 1000 AS wait
         FROM ${TASKS_TABLE} AS task LEFT JOIN claimed USING (id)
        WHERE task.id = ANY(?)`,
      [[...runnable], [...runnable]],
    );
    return rows.map(toStanding);
  }

  /** How tasks stand; one that nobody has saved yet is missing. */
  async states(ids: readonly string[]): Promise<ReadonlyMap<string, TaskState>> {
    const { rows } = await this.#query<StateRow>(
      `SELECT id, running, CASE WHEN running THEN run_started_at ELSE next_run_at END AS time
         FROM (SELECT *, coalesce(run_expires_at > now(), false) AS running FROM ${TASKS_TABLE}) AS task WHERE id = ANY(?)`,
      [[...ids]],
    );
    return new Map(rows.map((row) => [row.id, toState(row)]));
  }

  /** Takes the right to run a task, due or not; `undefined` if somebody runs it. */
  async claim(id: string): Promise<RunTicket | undefined> {
    const { rows } = await this.#query<{ ticket: string; started_at: Date }>(
      `UPDATE ${TASKS_TABLE} SET ${this.#claim()} WHERE id = ? AND (run_ticket IS NULL OR run_expires_at <= now())
       RETURNING run_ticket AS ticket, run_started_at AS started_at`,
      [id],
    );
    return rows[0] && { ticket: rows[0].ticket, startedAt: rows[0].started_at };
  }

  /** Prolongs a right to run. Tells whether the run goes on, is to end, or belongs to another process. */
  async prolong(id: string, { ticket }: RunTicket): Promise<'held' | 'cancelled' | 'lost'> {
    const { rows } = await this.#query<{ cancelled: boolean }>(
      `UPDATE ${TASKS_TABLE} SET run_expires_at = ${this.#expiry()} WHERE id = ? AND run_ticket = ?
       RETURNING run_cancelled AS cancelled`,
      [id, ticket],
    );
    if (!rows[0]) return 'lost';
    return rows[0].cancelled ? 'cancelled' : 'held';
  }

  /** Asks the process that runs a task to end it; `false` if nobody runs it. */
  async requestCancel(id: string): Promise<boolean> {
    const { rows } = await this.#query(
      `UPDATE ${TASKS_TABLE} SET run_cancelled = true WHERE id = ? AND run_ticket IS NOT NULL AND run_expires_at > now()
       RETURNING id`,
      [id],
    );
    return rows.length > 0;
  }

  /** Gives a right to run back, and says when the task runs next. Without effect if another process has it by now. */
  async release(id: string, { ticket }: RunTicket, next: NextRun): Promise<void> {
    const time = timeOf(next);
    await this.#query(
      `UPDATE ${TASKS_TABLE} SET run_ticket = NULL, run_started_at = NULL, run_expires_at = NULL, run_cancelled = false,
         next_run_at = ${time.sql} WHERE id = ? AND run_ticket = ?`,
      [...time.bindings, id, ticket],
    );
  }

  #claim(): string {
    return `run_ticket = gen_random_uuid(), run_started_at = now(), run_expires_at = ${this.#expiry()}, run_cancelled = false`;
  }

  #expiry(): string {
    return `now() + interval '${this.#lease} milliseconds'`;
  }

  async #query<TRow>(sql: string, bindings: readonly Knex.RawBinding[]): Promise<{ readonly rows: TRow[] }> {
    const knex = await this.#open();
    return knex.raw<{ rows: TRow[] }>(sql, bindings);
  }

  #open(): Promise<Knex> {
    this.#knex ??= this.#migrate().catch((error: unknown) => {
      // The next call tries again.
      this.#knex = undefined;
      throw error;
    });
    return this.#knex;
  }

  async #migrate(): Promise<Knex> {
    const knex = await this.#database.getClient();
    if (!this.#database.migrations?.skip) await migrateTasks(knex);
    return knex;
  }
}

/** When a task that has not run before is due. */
export function firstRun(frequency: TaskFrequency, initialDelay: number, nextCron: () => Date | null): NextRun {
  if (frequency.type === 'every') return { type: 'in', milliseconds: initialDelay };
  return frequency.type === 'manual' ? { type: 'never' } : timeOrNever(nextCron());
}

/** When a task is due after a run. */
export function runAfter(frequency: TaskFrequency, nextCron: () => Date | null): NextRun {
  if (frequency.type === 'every') return { type: 'after-start', milliseconds: frequency.milliseconds };
  return frequency.type === 'manual' ? { type: 'never' } : timeOrNever(nextCron());
}

function timeOrNever(time: Date | null): NextRun {
  return time ? { type: 'at', time } : { type: 'never' };
}

function timeOf(next: NextRun): { readonly sql: string; readonly bindings: Knex.RawBinding[] } {
  switch (next.type) {
    case 'now':
      return { sql: 'now()', bindings: [] };
    case 'in':
      return { sql: `now() + ? * interval '1 millisecond'`, bindings: [next.milliseconds] };
    case 'after-start':
      return { sql: `run_started_at + ? * interval '1 millisecond'`, bindings: [next.milliseconds] };
    case 'at':
      return { sql: '?::timestamptz', bindings: [next.time.toISOString()] };
    case 'never':
      return { sql: 'NULL', bindings: [] };
  }
}

function toStanding({ id, ticket, started_at: startedAt, wait }: StandingRow): TaskStanding {
  if (ticket !== null && startedAt !== null) return { id, claimed: { ticket, startedAt } };
  return wait === null ? { id } : { id, wait: Math.max(0, wait) };
}

function toState({ running, time }: StateRow): TaskState {
  if (running) return { status: 'running', startedAt: time?.toISOString() };
  return { status: 'idle', startsAt: time?.toISOString() };
}
