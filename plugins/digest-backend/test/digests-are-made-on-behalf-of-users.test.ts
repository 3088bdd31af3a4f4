import { beforeAll, expect, it } from '@jest/globals';
import { mockCredentials, startTestBackend } from '@bulkhead/backend-test-utils';
import type { Digest, DigestPage } from '@bulkhead/plugin-digest-node';
import type { Summary } from '@bulkhead/plugin-todo-node';
import digestPlugin from '../src/index.ts';
import { startDigest, type DigestHarness } from './digest-harness.ts';

const ada = mockCredentials.user('user:default/ada');
const grace = mockCredentials.user('user:default/grace');

let backend: DigestHarness;

beforeAll(async () => {
  backend = await startDigest();
});

function summaryOf(open: number): Summary {
  return { open, done: 2, created: 3, completed: 1, titles: ['Write a test'], countedAt: new Date().toISOString() };
}

it('who asks gets a digest of what todo tells about them', async () => {
  backend.todo.summaries.set('user:default/ada', summaryOf(4));
  const { body } = (await backend.as(ada).post('/api/digest/digests').expect(200)) as { body: Digest };
  expect(body).toEqual({ ...backend.todo.summaries.get('user:default/ada'), date: expect.any(String) });

  const [call] = backend.todo.asked;
  expect(call).toMatchObject({
    path: '/summary',
    principal: {
      type: 'user',
      userEntityRef: 'user:default/ada',
      actor: { type: 'service', subject: 'plugin:digest' },
    },
  });
  expect(call?.query).toEqual({
    since: `${body.date}T00:00:00.000Z`,
    before: expect.stringContaining('T00:00:00.000Z'),
  });
});

it('it is there to be read afterwards, by its owner', async () => {
  backend.todo.summaries.set('user:default/ada', summaryOf(5));
  const { body } = (await backend.as(ada).post('/api/digest/digests').expect(200)) as { body: Digest };
  await backend.as(ada).get(`/api/digest/digests/${body.date}`).expect(200, body);
  const { body: page } = (await backend.as(ada).get('/api/digest/digests').expect(200)) as { body: DigestPage };
  expect(page).toEqual({ items: [body] });

  await backend.as(grace).get('/api/digest/digests').expect(200, { items: [] });
  const refusal = await backend.as(grace).get(`/api/digest/digests/${body.date}`).expect(404);
  expect(refusal.body.error.code).toBe('ERR_DIGEST_NOT_FOUND');
});

it('it can be read as text, at a path that is not of the contract', async () => {
  const { text, headers } = await backend.as(ada).get('/api/digest/today.txt').expect(200);
  expect(headers['content-type']).toContain('text/plain');
  expect(text).toMatch(/^\d{4}-\d\d-\d\d: 5 open, 2 done; today 3 made and 1 done\n- Write a test\n$/);
  await backend.anonymous.get('/api/digest/today.txt').expect(401);
});

it('nobody can ask on behalf of a service', async () => {
  const { body } = await backend.as(mockCredentials.service()).post('/api/digest/digests').expect(403);
  expect(body.error.name).toBe('NotAllowedError');
  await backend.anonymous.post('/api/digest/digests').expect(401);
});

it('who asks while todo cannot be reached is told so', async () => {
  const { as } = await startTestBackend({
    features: [digestPlugin],
    config: { discovery: { endpoints: [{ target: 'http://127.0.0.1:1/api/{{pluginId}}', plugins: ['todo'] }] } },
  });
  const { body } = await as(ada).post('/api/digest/digests').expect(503);
  expect(body.error).toMatchObject({ name: 'ServiceUnavailableError', code: 'ERR_CLIENT_UNREACHABLE' });
});

it('a day is a date, and a page has bounds', async () => {
  for (const path of ['/digests/today', '/digests/2026-02-30', '/digests?limit=0', '/digests?cursor=x']) {
    const { body } = await backend.as(ada).get(`/api/digest${path}`).expect(400);
    expect(body.error.code).toBe('ERR_CONTRACT_REQUEST');
  }
});

it('pages follow each other', async () => {
  const knex = await backend.database!.client();
  const rows = Array.from({ length: 5 }, (_, index) => ({
    owner: 'user:default/grace',
    day: `2026-01-0${index + 1}`,
    open: index,
    done: 0,
    created: 0,
    completed: 0,
    titles: [],
    counted_at: new Date(),
  }));
  const schema = `${backend.database!.name}_plugin_digest`;
  await knex.withSchema(schema).into('digests').insert(rows);

  const dates: string[][] = [];
  for (let cursor: string | undefined; ;) {
    const request = backend
      .as(grace)
      .get('/api/digest/digests')
      .query({ limit: 2, ...(cursor && { cursor }) });
    const { items, nextCursor } = (await request.expect(200)).body as DigestPage;
    dates.push(items.map(({ date }) => date));
    cursor = nextCursor;
    if (cursor === undefined) break;
  }
  expect(dates).toEqual([['2026-01-05', '2026-01-04'], ['2026-01-03', '2026-01-02'], ['2026-01-01']]);
});
