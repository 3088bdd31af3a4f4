import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mockClient, mockCredentials, TestDatabase, type Recorded } from '@bulkhead/backend-test-utils';
import type { OwnerSummary, TodoClient } from '@bulkhead/plugin-todo-node';
import { DigestService } from './digest-service.ts';
import { DigestStore } from './digest-store.ts';

const owner = 'user:default/ada';
const credentials = mockCredentials.service('plugin:digest');

let database: TestDatabase;
let todos: Recorded<TodoClient>;
let digests: DigestService;
let now: string;
let isDown: boolean;

beforeEach(async () => {
  isDown = false;
  database = await TestDatabase.create();
  todos = mockClient<TodoClient>({
    async *paginateListSummaries({ query: { before } }): AsyncIterableIterator<OwnerSummary> {
      if (isDown) throw new TypeError('down');
      const created = before <= now ? 2 : 1;
      const summary = { open: 0, done: 0, created, completed: 0, titles: [], countedAt: now };
      yield { owner, summary };
    },
  });
  const store = await DigestStore.open({ getClient: () => database.client() });
  digests = new DigestService({ store, todos, now: () => new Date(now) });
});

afterEach(() => database.dispose());

/** Runs the task at a moment. @returns the days that it asked about */
async function runAt(moment: string): Promise<(string | undefined)[]> {
  now = moment;
  const before = todos.callsTo('paginateListSummaries').length;
  await digests.makeAll(credentials, new AbortController().signal);
  const calls = todos.callsTo('paginateListSummaries').slice(before);
  return calls.map(([{ query }]) => query.since.slice(0, 10));
}

async function createdOn(date: string): Promise<number> {
  return (await digests.get(owner, date)).created;
}

it('a day is counted once more after it has ended, and then no more', async () => {
  expect(await runAt('2026-01-31T22:30:00.000Z')).toEqual(['2026-01-31']);
  expect(await createdOn('2026-01-31')).toBe(1);
  expect(await runAt('2026-02-01T00:30:00.000Z')).toEqual(['2026-01-31', '2026-02-01']);
  expect(await createdOn('2026-01-31')).toBe(2);
  expect(await createdOn('2026-02-01')).toBe(1);
  expect(await runAt('2026-02-01T01:30:00.000Z')).toEqual(['2026-02-01']);
});

it('right after midnight a day may still change', async () => {
  await runAt('2026-01-31T23:00:00.000Z');
  expect(await runAt('2026-02-01T00:00:00.000Z')).toEqual(['2026-01-31', '2026-02-01']);
  expect(await runAt('2026-02-01T00:01:00.000Z')).toEqual(['2026-01-31', '2026-02-01']);
  expect(await runAt('2026-02-01T00:02:00.000Z')).toEqual(['2026-02-01']);
});

it('days that ended while nothing ran are made up for, a week back', async () => {
  await runAt('2026-01-31T12:00:00.000Z');
  expect(await runAt('2026-02-02T12:00:00.000Z')).toEqual(['2026-01-31', '2026-02-01', '2026-02-02']);
  const days = await runAt('2026-03-31T12:00:00.000Z');
  expect([days.length, days[0], days.at(-1)]).toEqual([8, '2026-03-24', '2026-03-31']);
});

it('what fails is completed by the next run', async () => {
  await runAt('2026-01-31T23:00:00.000Z');
  isDown = true;
  await expect(runAt('2026-02-01T00:30:00.000Z')).rejects.toThrow('down');
  isDown = false;
  expect(await runAt('2026-02-01T01:30:00.000Z')).toEqual(['2026-01-31', '2026-02-01']);
  expect(await createdOn('2026-01-31')).toBe(2);
});
