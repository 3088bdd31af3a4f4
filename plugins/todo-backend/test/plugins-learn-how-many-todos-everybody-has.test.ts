import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  mockCredentials,
  startTestBackend,
  type MockCredentials,
  type TestBackend,
} from '@bulkhead/backend-test-utils';
import type { OwnerSummary, Summary, SummaryPage } from '@bulkhead/plugin-todo-node';
import todoPlugin from '../src/index.ts';

const ada = mockCredentials.user('user:default/ada');
const grace = mockCredentials.user('user:default/grace');
const digest = mockCredentials.service('plugin:digest');

let backend: TestBackend;

beforeAll(async () => {
  backend = await startTestBackend({ features: [todoPlugin] });
  for (const title of ['one', 'two', 'three', 'four', 'five', 'six']) await make(ada, title);
  const { body } = await backend.as(ada).post('/api/todo/todos').send({ title: 'old', done: true }).expect(201);
  await backend.as(ada).patch(`/api/todo/todos/${body.id}`).set('If-Match', '*').send({ done: true }).expect(200);
  await make(grace, 'only');
  await make(mockCredentials.service('external:script'), 'scripted');
});

async function make(owner: MockCredentials<unknown>, title: string): Promise<void> {
  await backend.as(owner).post('/api/todo/todos').send({ title }).expect(201);
}

const DAY = 86_400_000;
const from = (milliseconds: number): string => new Date(Date.now() + milliseconds).toISOString();
const today = { since: from(-DAY), before: from(DAY) };
const tomorrow = { since: from(DAY), before: from(2 * DAY) };

async function summaryOf(owner: MockCredentials<unknown>, time = today): Promise<Summary> {
  const { body } = await backend.as(owner).get('/api/todo/summary').query(time).expect(200);
  return body;
}

async function readAll(query: object): Promise<OwnerSummary[][]> {
  const pages: OwnerSummary[][] = [];
  for (let cursor: string | undefined; ;) {
    const request = backend
      .as(digest)
      .get('/api/todo/summaries')
      .query({ ...query, ...(cursor && { cursor }) });
    const { items, nextCursor } = (await request.expect(200)).body as SummaryPage;
    pages.push([...items]);
    cursor = nextCursor;
    if (cursor === undefined) return pages;
  }
}

describe('a summary', () => {
  it('counts the todos of the caller, and names the newest that are open', async () => {
    expect(await summaryOf(ada)).toEqual({
      open: 6,
      done: 1,
      created: 7,
      completed: 1,
      titles: expect.arrayContaining(['six']),
      countedAt: expect.any(String),
    });
    expect((await summaryOf(ada)).titles).toHaveLength(5);
    expect(await summaryOf(grace)).toMatchObject({ open: 1, titles: ['only'] });
  });

  it('counts what happened in a span of time', async () => {
    expect(await summaryOf(ada, tomorrow)).toMatchObject({ open: 6, done: 1, created: 0, completed: 0 });
  });

  it('of somebody without todos is full of zeros', async () => {
    expect(await summaryOf(mockCredentials.user('user:default/new'))).toEqual({
      open: 0,
      done: 0,
      created: 0,
      completed: 0,
      titles: [],
      countedAt: expect.any(String),
    });
  });
});

describe('the summaries of everybody', () => {
  it('go from page to page, by the names of the owners', async () => {
    const pages = await readAll({ ...today, limit: 2 });
    expect(pages.map((page) => page.map(({ owner }) => owner))).toEqual([
      ['external:script', 'user:default/ada'],
      ['user:default/grace'],
    ]);
    const [, ofAda] = pages.flat();
    expect(ofAda?.summary).toEqual({ ...(await summaryOf(ada)), countedAt: expect.any(String) });
  });

  it('leave out those of whom there is nothing to tell', async () => {
    const busy = mockCredentials.user('user:default/busy');
    await backend.as(busy).post('/api/todo/todos').send({ title: 'done at once', done: true }).expect(201);
    const owners = async (time: object): Promise<string[]> => (await readAll(time)).flat().map(({ owner }) => owner);
    expect(await owners(today)).toContain('user:default/busy');
    expect(await owners(tomorrow)).toEqual(['external:script', 'user:default/ada', 'user:default/grace']);
  });

  it('are for plugins: not for users, nor for services from outside, nor for nobody', async () => {
    const get = (agent: TestBackend['agent']) => agent.get('/api/todo/summaries').query(today);
    const { body: ofUser } = await get(backend.as(ada)).expect(403);
    expect(ofUser.error.name).toBe('NotAllowedError');
    const { body: ofService } = await get(backend.as(mockCredentials.service('external:script'))).expect(403);
    expect(ofService.error.code).toBe('ERR_TODO_PLUGINS_ONLY');
    await get(backend.anonymous).expect(401);
  });
});
