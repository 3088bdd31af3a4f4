import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestDatabase } from '@bulkhead/backend-test-utils';
import type { Todo } from '../generated/types.ts';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { openDatabase } from './open-database.ts';
import { TodoStore, type TodoKey } from './todo-store.ts';

let database: TestDatabase;
let store: TodoStore;

beforeAll(async () => {
  database = await TestDatabase.create();
  store = new TodoStore(await openDatabase({ getClient: () => database.client() }));
});

afterAll(() => database.dispose());

function newKey(owner = `user:default/${randomUUID()}`): TodoKey {
  return { owner, id: randomUUID() };
}

describe('TodoStore', () => {
  it('keeps what it is given', async () => {
    const key = newKey();
    const todo = await store.insert(key, { title: "Robert'); drop table todos; -- 🚢" });
    expect(todo).toEqual({
      id: key.id,
      title: "Robert'); drop table todos; -- 🚢",
      done: false,
      version: 1,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: todo.createdAt,
    });
    expect(await store.find(key)).toEqual(todo);
  });

  it('hides the todos of one owner from another', async () => {
    const key = newKey();
    const todo = await store.insert(key, { title: 'Mine' });
    const other = { ...key, owner: 'user:default/mallory' };

    expect(await store.find(other)).toBeUndefined();
    expect(await store.update(other, { title: 'Yours' }, 'any')).toBeUndefined();
    expect(await store.delete(other, 'any')).toBeUndefined();
    expect(await store.list({ owner: other.owner, limit: 10 })).toEqual([]);
    expect(await store.find(key)).toEqual(todo);
  });

  it('changes a todo in an expected version only', async () => {
    const key = newKey();
    await store.insert(key, { title: 'Draft', done: true });

    expect(await store.update(key, { title: 'Too early' }, [2, 3])).toBeUndefined();
    expect(await store.update(key, { title: 'Never' }, [])).toBeUndefined();
    expect(await store.update(key, { title: 'Final' }, [3, 1])).toMatchObject({
      title: 'Final',
      done: true,
      version: 2,
    });
    expect(await store.update(key, { done: false }, 'any')).toMatchObject({ title: 'Final', done: false, version: 3 });

    expect(await store.delete(key, [2])).toBeUndefined();
    expect(await store.delete(key, [3])).toMatchObject({ title: 'Final', version: 3 });
    expect(await store.find(key)).toBeUndefined();
  });

  it('lets one of many simultaneous changes of a version win', async () => {
    const key = newKey();
    await store.insert(key, { title: 'Contended' });
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) => store.update(key, { title: `By ${index}` }, [1])),
    );
    expect(results.filter((todo) => todo !== undefined)).toHaveLength(1);
    expect(await store.find(key)).toMatchObject({ version: 2 });
  });
});

describe('TodoStore.list', () => {
  it('filters by all conditions', async () => {
    const { owner } = newKey();
    const titles = ['100% sure', '100 percent', 'Under_score', 'ÜBER alles'];
    const todos: Todo[] = [];
    for (const title of titles) todos.push(await store.insert(newKey(owner), { title, done: title.startsWith('1') }));

    const list = async (filter: object): Promise<string[]> =>
      (await store.list({ owner, limit: 10, ...filter })).map(({ title }) => title);
    expect(await list({ text: '100%' })).toEqual(['100% sure']);
    expect(await list({ text: 'r_s' })).toEqual(['Under_score']);
    expect(await list({ text: 'über' })).toEqual(['ÜBER alles']);
    expect((await list({ done: true })).sort()).toEqual(['100 percent', '100% sure']);
    expect(await list({ done: false, text: 'score' })).toEqual(['Under_score']);

    const { createdAt } = todos[2]!;
    const expectedSince = todos.filter((todo) => todo.createdAt >= createdAt).map(({ title }) => title);
    expect((await list({ createdSince: createdAt })).sort()).toEqual(expectedSince.sort());
    expect((await list({ createdBefore: createdAt })).length).toBe(titles.length - expectedSince.length);
  });

  it('shows each todo exactly once, whatever is made and deleted between the pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 8 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.constantFrom('insert', 'delete shown', 'delete next', 'nothing'), { maxLength: 8 }),
        async (count, limit, actions) => {
          const { owner } = newKey();
          const expected = new Set<string>();
          // Some in one statement, hence at one moment: then the id decides.
          const knex = await database.client();
          const rows = Array.from({ length: count }, (_, index) => ({
            ...newKey(owner),
            title: `Todo ${index}`,
            done: false,
          }));
          if (count > 0) await knex('todos').insert(rows);
          for (const { id } of rows) expected.add(id);

          const seen: string[] = [];
          let after: Todo | undefined;
          for (let page = 0; ; page++) {
            const todos = await store.list({ owner, limit, after });
            seen.push(...todos.map(({ id }) => id));
            if (todos.length < limit) break;
            after = todos.at(-1);
            const action = actions[page];
            if (action === 'insert') {
              await store.insert(newKey(owner), { title: 'In between' });
            } else if (action === 'delete shown') {
              await store.delete({ owner, id: seen.at(-1)! }, 'any');
            } else if (action === 'delete next') {
              const [next] = await store.list({ owner, limit: 1, after });
              if (next) {
                await store.delete({ owner, id: next.id }, 'any');
                expected.delete(next.id);
              }
            }
          }

          expect(new Set(seen).size).toBe(seen.length);
          expect(seen.filter((id) => expected.has(id)).sort()).toEqual([...expected].sort());
        },
      ),
      { numRuns: 40 },
    );
  });
});
