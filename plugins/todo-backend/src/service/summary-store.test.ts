import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TestDatabase } from '@bulkhead/backend-test-utils';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { openDatabase } from './open-database.ts';
import { SummaryStore } from './summary-store.ts';
import { TodoStore, type TodoKey } from './todo-store.ts';

const owner = 'user:default/ada';
const day = { since: '2026-01-31T00:00:00.000Z', before: '2026-02-01T00:00:00.000Z' };

let database: TestDatabase;
let knex: Knex;
let todos: TodoStore;
let summaries: SummaryStore;

beforeAll(async () => {
  database = await TestDatabase.create();
  knex = await openDatabase({ getClient: () => database.client() });
  todos = new TodoStore(knex);
  summaries = new SummaryStore(knex);
});

afterAll(() => database.dispose());

async function completed(): Promise<number> {
  return (await summaries.find(owner, day)).completed;
}

it('a todo was done when that was said first, until it is open again', async () => {
  const key: TodoKey = { owner, id: randomUUID() };
  await todos.insert(key, { title: 'Once', done: true });
  expect(await completed()).toBe(0);

  // The first moment of the day belongs to it, the first of the next one does not.
  await knex('todos').where(key).update({ done_at: day.since });
  expect(await completed()).toBe(1);
  await knex('todos').where(key).update({ done_at: day.before });
  expect(await completed()).toBe(0);

  await knex('todos').where(key).update({ done_at: day.since });
  await todos.update(key, { done: true, title: 'Once more' }, 'any');
  expect(await completed()).toBe(1);
  await todos.update(key, { done: false }, 'any');
  await todos.update(key, { done: true }, 'any');
  expect(await completed()).toBe(0);
});

it('counts what was open and done when the time in question ended', async () => {
  const grace = 'user:default/grace';
  const insert = async (title: string, createdAt: string, doneAt?: string): Promise<void> => {
    const key: TodoKey = { owner: grace, id: randomUUID() };
    await todos.insert(key, { title, done: doneAt !== undefined });
    await knex('todos')
      .where(key)
      .update({ created_at: createdAt, done_at: doneAt ?? null });
  };
  await insert('Open since', '2026-01-30T12:00:00.000Z');
  await insert('Done before', '2026-01-30T12:00:00.000Z', '2026-01-30T13:00:00.000Z');
  await insert('Done on the day', '2026-01-30T12:00:00.000Z', '2026-01-31T13:00:00.000Z');
  await insert('Done afterwards', '2026-01-31T12:00:00.000Z', day.before);
  await insert('Made afterwards', day.before);

  const expected = { open: 2, done: 2, created: 1, completed: 1, titles: ['Done afterwards', 'Open since'] };
  expect(await summaries.find(grace, day)).toMatchObject(expected);
  const [listed] = await summaries.list({ ...day, limit: 1, after: owner });
  expect(listed).toMatchObject({ owner: grace, summary: expected });

  const dayBefore = { since: '2026-01-29T00:00:00.000Z', before: '2026-01-30T00:00:00.000Z' };
  expect((await summaries.list({ ...dayBefore, limit: 10 })).map((item) => item.owner)).not.toContain(grace);
});

it('todos that were done before it was noted were done when they were changed last', async () => {
  const key: TodoKey = { owner, id: randomUUID() };
  await todos.insert(key, { title: 'Old', done: true });
  await knex.migrate.down({ directory: new URL('../../migrations', import.meta.url).pathname });
  await knex('todos').where(key).update({ updated_at: day.since });
  await openDatabase({ getClient: async () => knex });
  expect(await completed()).toBe(1);
});
