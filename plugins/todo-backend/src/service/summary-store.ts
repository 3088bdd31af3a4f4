import type { Knex } from 'knex';
import type { OwnerSummary, Summary } from '../generated/types.ts';

/** A span of time, as ISO 8601. */
export interface TimeSpan {
  readonly since: string;
  /** Exclusive. */
  readonly before: string;
}

/** Which summaries {@link SummaryStore.list} reads. */
export interface SummaryListOptions extends TimeSpan {
  /** At most this many. */
  readonly limit: number;
  /** Begins behind this owner instead of at the first. */
  readonly after?: string;
}

interface SummaryRow {
  readonly owner: string;
  readonly open: number;
  readonly done: number;
  readonly created: number;
  readonly completed: number;
  readonly titles: string[];
  readonly counted_at: Date;
}

// At a moment, as far as is still known: what was deleted, or opened again, has left no trace.
const WAS_OPEN = 'created_at < ? and (not done or done_at >= ?)';
const WAS_DONE = 'done and created_at < ? and done_at < ?';
const WAS_CREATED = 'created_at >= ? and created_at < ?';
const WAS_COMPLETED = 'done_at >= ? and done_at < ?';

/** How many titles of open todos a summary has. */
const TITLES = 5;

/** Counts todos. One statement each, so that the counts belong together. */
export class SummaryStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Counts the todos of an owner, who may have none. */
  async find(owner: string, time: TimeSpan): Promise<Summary> {
    const counts = this.#count(time).where({ owner });
    const [row] = await this.#withTitles(counts, time);
    if (row) return toSummary(row);
    const { rows } = await this.#knex.raw<{ rows: [{ counted_at: Date }] }>('select now() as counted_at');
    return toSummary({ owner, open: 0, done: 0, created: 0, completed: 0, titles: [], ...rows[0] });
  }

  /** Counts the todos of all owners who had something open or to whom something happened, by their names. */
  async list({ limit, after, ...time }: SummaryListOptions): Promise<OwnerSummary[]> {
    const { since, before } = toDates(time);
    const counts = this.#count(time)
      .havingRaw(`bool_or(${WAS_OPEN}) or bool_or(${WAS_CREATED}) or bool_or(${WAS_COMPLETED})`, [
        ...[before, before],
        ...[since, before],
        ...[since, before],
      ])
      .orderBy('owner')
      .limit(limit);
    if (after !== undefined) void counts.where('owner', '>', after);
    const rows = await this.#withTitles(counts, time);
    return rows.map((row) => ({ owner: row.owner, summary: toSummary(row) }));
  }

  #count(time: TimeSpan): Knex.QueryBuilder {
    const knex = this.#knex;
    const { since, before } = toDates(time);
    return knex('todos')
      .select(
        'owner',
        knex.raw(`count(*) filter (where ${WAS_OPEN})::int as open`, [before, before]),
        knex.raw(`count(*) filter (where ${WAS_DONE})::int as done`, [before, before]),
        knex.raw(`count(*) filter (where ${WAS_CREATED})::int as created`, [since, before]),
        knex.raw(`count(*) filter (where ${WAS_COMPLETED})::int as completed`, [since, before]),
      )
      .groupBy('owner');
  }

  async #withTitles(counts: Knex.QueryBuilder, time: TimeSpan): Promise<SummaryRow[]> {
    const { before } = toDates(time);
    const newest = this.#knex('todos')
      .select('title', 'created_at', 'id')
      .whereRaw(`todos.owner = counts.owner and ${WAS_OPEN}`, [before, before])
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(TITLES);
    const titles = this.#knex
      .from(newest.as('newest'))
      .select(this.#knex.raw("coalesce(array_agg(title order by created_at desc, id desc), '{}') as titles"));
    return this.#knex
      .from(this.#knex.raw('(?) as counts cross join lateral (?) as newest_titles', [counts, titles]))
      .select<SummaryRow[]>('counts.*', 'titles', this.#knex.raw('now() as counted_at'))
      .orderBy('counts.owner');
  }
}

/** As dates: an ISO 8601 text may be in a time zone that PostgreSQL does not know. */
function toDates({ since, before }: TimeSpan): { readonly since: Date; readonly before: Date } {
  return { since: new Date(since), before: new Date(before) };
}

function toSummary({ open, done, created, completed, titles, counted_at: countedAt }: SummaryRow): Summary {
  return { open, done, created, completed, titles, countedAt: countedAt.toISOString() };
}
