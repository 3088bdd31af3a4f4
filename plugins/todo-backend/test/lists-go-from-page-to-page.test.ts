import { beforeAll, describe, expect, it } from '@jest/globals';
import { mockCredentials, startTestBackend, type TestBackend } from '@bulkhead/backend-test-utils';
import type { Todo, TodoPage } from '@bulkhead/plugin-todo-node';
import todoPlugin from '../src/index.ts';

let backend: TestBackend;
let agent: TestBackend['agent'];
let todos: Todo[];

beforeAll(async () => {
  backend = await startTestBackend({ features: [todoPlugin], config: { todo: { pageSize: 3 } } });
});

// Each test has an owner of its own, hence an empty list.
let owners = 0;

async function fill(count: number): Promise<void> {
  agent = backend.as(mockCredentials.user(`user:default/owner-${++owners}`));
  todos = [];
  for (let index = 0; index < count; index++) {
    const { body } = await agent
      .post('/api/todo/todos')
      .send({ title: `Todo ${index}`, done: index % 2 === 1 })
      .expect(201);
    todos.unshift(body);
  }
}

async function readPage(query: object = {}): Promise<TodoPage> {
  const { body } = await agent.get('/api/todo/todos').query(query).expect(200);
  return body;
}

async function readAll(query: object = {}): Promise<Todo[][]> {
  const pages: Todo[][] = [];
  for (let cursor: string | undefined; ;) {
    const page = await readPage({ ...query, ...(cursor && { cursor }) });
    pages.push([...page.items]);
    cursor = page.nextCursor;
    if (cursor === undefined) return pages;
  }
}

/** Those made in the same millisecond can be in either order. */
function ids(list: readonly Todo[]): string[] {
  return list.map(({ id }) => id).sort();
}

describe('a list', () => {
  it('is empty without a next page when there is nothing', async () => {
    await fill(0);
    expect(await readPage()).toEqual({ items: [] });
  });

  it('has the newest first, in pages of the configured size', async () => {
    await fill(7);
    const pages = await readAll();
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(ids(pages.flat())).toEqual(ids(todos));
    const times = pages.flat().map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('has pages of the size that is asked for, and no empty last one', async () => {
    await fill(4);
    expect((await readAll({ limit: 2 })).map(({ length }) => length)).toEqual([2, 2]);
    expect((await readAll({ limit: 100 })).map(({ length }) => length)).toEqual([4]);
  });

  it('keeps its filters from page to page', async () => {
    await fill(6);
    const done = todos.filter((todo) => todo.done);
    expect(ids((await readAll({ limit: 2, done: true })).flat())).toEqual(ids(done));
    expect(ids((await readAll({ limit: 1, text: 'TODO 4' })).flat())).toEqual(ids([todos[1]!]));
    const { createdAt } = todos[2]!;
    const since = (await readAll({ limit: 1, createdSince: createdAt })).flat();
    const before = (await readAll({ limit: 1, createdBefore: createdAt })).flat();
    expect(ids([...since, ...before])).toEqual(ids(todos));
    expect(ids(since)).toEqual(expect.arrayContaining(ids(todos.slice(0, 3))));
  });

  it('neither shows a todo twice nor skips one when others come and go', async () => {
    await fill(6);
    const first = await readPage({ limit: 2 });
    await agent.post('/api/todo/todos').send({ title: 'In between' }).expect(201);
    await agent.delete(`/api/todo/todos/${first.items[1]!.id}`).set('If-Match', '*').expect(204);

    const second = await readPage({ limit: 100, cursor: first.nextCursor });
    expect(ids([...first.items, ...second.items])).toEqual(ids(todos));
  });
});
