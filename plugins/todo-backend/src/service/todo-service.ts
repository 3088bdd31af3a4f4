import { randomUUID } from 'node:crypto';
import type { TodoChange } from '@bulkhead/plugin-todo-node';
import { todoChanged, todoNotFound } from '../errors.ts';
import type { NewTodo, OwnerSummary, Summary, Todo, TodoChanges } from '../generated/types.ts';
import type { SummaryListOptions, SummaryStore, TimeSpan } from './summary-store.ts';
import type { ExpectedVersion, TodoKey, TodoListOptions, TodoPosition, TodoStore } from './todo-store.ts';

/** What a {@link TodoService} is made of. */
export interface TodoServiceOptions {
  readonly store: TodoStore;
  readonly summaries: SummaryStore;
  /** Is told about each change once it is stored. Must not throw. */
  readonly onChange: (change: TodoChange) => void;
}

/** Todos in a row, and where to go on. */
export interface TodoList {
  readonly todos: readonly Todo[];
  /** Where the next todos begin; absent if these were the last. */
  readonly next?: TodoPosition;
}

/** What there is to tell about several owners, and where to go on. */
export interface SummaryList {
  readonly summaries: readonly OwnerSummary[];
  /** The owner behind which the next ones begin; absent if these were the last. */
  readonly next?: string;
}

/** What can be done with todos. */
export class TodoService {
  readonly #store: TodoStore;
  readonly #summaries: SummaryStore;
  readonly #onChange: TodoServiceOptions['onChange'];

  constructor({ store, summaries, onChange }: TodoServiceOptions) {
    this.#store = store;
    this.#summaries = summaries;
    this.#onChange = onChange;
  }

  /** Makes a todo. */
  async create(owner: string, input: NewTodo): Promise<Todo> {
    const todo = await this.#store.insert({ owner, id: randomUUID() }, input);
    this.#onChange({ type: 'created', owner, todo });
    return todo;
  }

  /** Reads a todo. @throws NotFoundError `ERR_TODO_NOT_FOUND` */
  async get(key: TodoKey): Promise<Todo> {
    const todo = await this.#store.find(key);
    if (!todo) throw todoNotFound(key.id);
    return todo;
  }

  /**
   * Changes a todo, if it is in an expected version.
   *
   * @throws NotFoundError `ERR_TODO_NOT_FOUND`; PreconditionFailedError `ERR_TODO_CHANGED`
   */
  async update(key: TodoKey, changes: TodoChanges, expected: ExpectedVersion): Promise<Todo> {
    const todo = await this.#store.update(key, changes, expected);
    if (!todo) throw await this.#whyNot(key);
    this.#onChange({ type: 'updated', owner: key.owner, todo });
    return todo;
  }

  /**
   * Deletes a todo, if it is in an expected version.
   *
   * @throws NotFoundError `ERR_TODO_NOT_FOUND`; PreconditionFailedError `ERR_TODO_CHANGED`
   */
  async delete(key: TodoKey, expected: ExpectedVersion): Promise<void> {
    const todo = await this.#store.delete(key, expected);
    if (!todo) throw await this.#whyNot(key);
    this.#onChange({ type: 'deleted', owner: key.owner, todo });
  }

  /** Lists todos, the newest first. */
  async list(options: TodoListOptions): Promise<TodoList> {
    // One more than asked for tells whether there is a next page.
    const todos = await this.#store.list({ ...options, limit: options.limit + 1 });
    if (todos.length <= options.limit) return { todos };
    const page = todos.slice(0, options.limit);
    const { createdAt, id } = page.at(-1)!;
    return { todos: page, next: { createdAt, id } };
  }

  /** Counts the todos of an owner, and those of a span of time. */
  async summarize(owner: string, time: TimeSpan): Promise<Summary> {
    return this.#summaries.find(owner, time);
  }

  /** Counts the todos of all owners for whom there is something to tell, in the order of their names. */
  async listSummaries(options: SummaryListOptions): Promise<SummaryList> {
    const summaries = await this.#summaries.list({ ...options, limit: options.limit + 1 });
    if (summaries.length <= options.limit) return { summaries };
    const page = summaries.slice(0, options.limit);
    return { summaries: page, next: page.at(-1)!.owner };
  }

  async #whyNot(key: TodoKey): Promise<Error> {
    const todo = await this.#store.find(key);
    return todo ? todoChanged(key.id, todo.version) : todoNotFound(key.id);
  }
}
