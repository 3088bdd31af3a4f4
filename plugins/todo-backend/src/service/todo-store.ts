import type { Knex } from 'knex';
import type { Todo, TodoChanges } from '../generated/types.ts';

/** A todo by id, out of those of one owner. */
export interface TodoKey {
  readonly owner: string;
  readonly id: string;
}

/** The versions in which a todo may be for a change to apply. */
export type ExpectedVersion = 'any' | readonly number[];

/** A place in the list of todos: right behind a todo, whether that todo still exists or not. */
export type TodoPosition = Pick<Todo, 'createdAt' | 'id'>;

/** What a new todo is made of. */
export interface TodoInput {
  readonly title: string;
  /** Defaults to `false`. */
  readonly done?: boolean;
}

/** Which todos {@link TodoStore.list} reads. Conditions add up. */
export interface TodoListOptions {
  readonly owner: string;
  readonly done?: boolean;
  /** Part of the title, in any case. */
  readonly text?: string;
  /** ISO 8601; todos created then or later. */
  readonly createdSince?: string;
  /** ISO 8601; todos created earlier. */
  readonly createdBefore?: string;
  /** At most this many. */
  readonly limit: number;
  /** Begins behind this place instead of at the newest todo. */
  readonly after?: TodoPosition;
}

interface TodoRow {
  readonly id: string;
  readonly owner: string;
  readonly title: string;
  readonly done: boolean;
  /** Absent while the todo is open. */
  readonly done_at: Date | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const COLUMNS = ['id', 'title', 'done', 'version', 'created_at', 'updated_at'] as const;

/** The todos in the database. Every statement is bound to an owner, so that nobody reaches another's todos. */
export class TodoStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Stores a new todo. */
  async insert(key: TodoKey, { title, done = false }: TodoInput): Promise<Todo> {
    const done_at = done ? this.#knex.fn.now(3) : null;
    const rows = await this.#todos().insert({ ...key, title, done, done_at }, COLUMNS);
    return toTodo(rows[0]!);
  }

  /** Reads a todo; `undefined` if the owner has no such one. */
  async find(key: TodoKey): Promise<Todo | undefined> {
    const row = await this.#todos()
      .where(key)
      .first(...COLUMNS);
    return row && toTodo(row);
  }

  /** Changes a todo in one of the expected versions; `undefined` if the owner has no such one. */
  async update(key: TodoKey, changes: TodoChanges, expected: ExpectedVersion): Promise<Todo | undefined> {
    const { title, done } = changes;
    const rows = await this.#inVersion(key, expected).update(
      {
        ...(title !== undefined && { title }),
        // Done once, it was done then, however often that is said.
        ...(done !== undefined && { done, done_at: done ? this.#knex.raw('coalesce(done_at, now())') : null }),
        version: this.#knex.raw('version + 1'),
        updated_at: this.#knex.fn.now(3),
      },
      COLUMNS,
    );
    return rows[0] && toTodo(rows[0]);
  }

  /** Deletes a todo in one of the expected versions and returns it; `undefined` if the owner has no such one. */
  async delete(key: TodoKey, expected: ExpectedVersion): Promise<Todo | undefined> {
    const rows = await this.#inVersion(key, expected).delete(COLUMNS);
    return rows[0] && toTodo(rows[0]);
  }

  /** Reads todos, the newest first. */
  async list(options: TodoListOptions): Promise<Todo[]> {
    const { owner, limit, after, done, text, createdSince, createdBefore } = options;
    const query = this.#todos().where({ owner });
    if (after) void query.whereRaw('(created_at, id) < (?, ?)', [after.createdAt, after.id]);
    if (done !== undefined) void query.where({ done });
    if (text !== undefined) void query.whereRaw('strpos(lower(title), lower(?)) > 0', [text]);
    // As dates: an ISO 8601 text may be in a time zone that PostgreSQL does not know.
    if (createdSince !== undefined) void query.where('created_at', '>=', new Date(createdSince));
    if (createdBefore !== undefined) void query.where('created_at', '<', new Date(createdBefore));
    const rows = await query
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit)
      .select(...COLUMNS);
    return rows.map(toTodo);
  }

  #todos() {
    return this.#knex<TodoRow>('todos');
  }

  #inVersion(key: TodoKey, expected: ExpectedVersion) {
    const query = this.#todos().where(key);
    return expected === 'any' ? query : query.whereIn('version', expected);
  }
}

function toTodo(row: Pick<TodoRow, (typeof COLUMNS)[number]>): Todo {
  return {
    id: row.id,
    title: row.title,
    done: row.done,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
