import { beforeAll, describe, expect, it } from '@jest/globals';
import { startTestBackend, type TestBackend } from '@bulkhead/backend-test-utils';
import todoPlugin from '../src/index.ts';

const ID = '5c6ba1a5-4f3a-4f5e-8d0e-0f3a3c3f0d11';

let backend: TestBackend;

beforeAll(async () => {
  backend = await startTestBackend({ features: [todoPlugin] });
});

/** What the contract says about each place. */
type Places = Readonly<Record<string, string>>;

function expectViolations(body: { error: object }, places: Places): void {
  expect(body.error).toMatchObject({ name: 'InputError', code: 'ERR_CONTRACT_REQUEST' });
  expect(toPlaces(body.error)).toEqual(places);
}

function toPlaces(error: { violations?: { pointer: string; message: string }[] }): Places {
  return Object.fromEntries((error.violations ?? []).map(({ pointer, message }) => [pointer, message]));
}

it('in the body', async () => {
  const { body } = await backend.agent.post('/api/todo/todos').send({ done: 1, tilte: 'x' }).expect(400);
  expectViolations(body, {
    '/body/title': 'is missing',
    '/body/done': 'must be a boolean',
    '/body/tilte': 'is not known to the contract',
  });
});

it('in a title', async () => {
  for (const title of ['', '  \n', 'x'.repeat(501), 'NUL \0', 'half a pair \ud83d']) {
    const { body } = await backend.agent.post('/api/todo/todos').send({ title }).expect(400);
    expect(Object.keys(toPlaces(body.error))).toEqual(['/body/title']);
  }
  await backend.agent
    .post('/api/todo/todos')
    .send({ title: `\n${'🚢'.repeat(499)}` })
    .expect(201);
});

it('in the query', async () => {
  const { body } = await backend.agent
    .get('/api/todo/todos?limit=0&done=maybe&createdSince=2026-02-30T00:00:00Z&txt=y')
    .expect(400);
  expectViolations(body, {
    '/query/limit': 'must be >= 1',
    '/query/done': 'must be a boolean',
    '/query/createdSince': 'must have the format date-time',
    '/query/txt': 'is not a parameter of this operation',
  });
});

it('in a moment that the database does not know', async () => {
  for (const moment of ['0000-01-01T00:00:00Z', '2026-06-30T23:59:60Z', '2026-01-31 12:00:00Z']) {
    await backend.agent.get('/api/todo/todos').query({ createdSince: moment }).expect(400);
  }
  await backend.agent.get('/api/todo/todos?createdSince=9999-12-31T23:59:59-23:59').expect(200);
  await backend.agent.get('/api/todo/todos?createdSince=0001-01-01T00:00:00%2B23:59').expect(200);
});

it('in a cursor', async () => {
  const { body } = await backend.agent.get('/api/todo/todos?cursor=x').expect(400);
  expect(body.error.code).toBe('ERR_TODO_CURSOR');
  expect(toPlaces(body.error)).toEqual({ '/query/cursor': 'must be the nextCursor of a page' });
});

it('in a query that has something twice', async () => {
  const { body } = await backend.agent.get('/api/todo/todos?done=true&done=false').expect(400);
  expectViolations(body, { '/query/done': 'is given more than once' });
});

it('in the path', async () => {
  const { body } = await backend.agent.get('/api/todo/todos/42').expect(400);
  expectViolations(body, { '/path/id': 'must have the format uuid' });
});

it('in a header', async () => {
  const { body } = await backend.agent
    .patch(`/api/todo/todos/${ID}`)
    .set('If-Match', '1')
    .send({ done: true })
    .expect(400);
  expect(body.error.code).toBe('ERR_TODO_IF_MATCH');
  expect(toPlaces(body.error)).toEqual({ '/headers/if-match': 'must be * or ETags in double quotes' });
});

describe('a body that is no JSON object', () => {
  it.each(['[]', '"title"', 'null', '1'])('%s', async (text) => {
    await backend.agent.post('/api/todo/todos').set('Content-Type', 'application/json').send(text).expect(400);
  });

  it('nothing at all', async () => {
    const { body } = await backend.agent.post('/api/todo/todos').expect(400);
    expectViolations(body, { '/body': 'is missing' });
  });

  it('half of one', async () => {
    const { body } = await backend.agent
      .post('/api/todo/todos')
      .set('Content-Type', 'application/json')
      .send('{"title":')
      .expect(400);
    expect(body.response.statusCode).toBe(400);
  });

  it('another media type', async () => {
    const { body } = await backend.agent.post('/api/todo/todos').type('form').send('title=x').expect(415);
    expect(body.error.name).toBe('UnsupportedMediaTypeError');
  });
});

describe('a method that is not possible', () => {
  it.each([
    ['/api/todo/todos', 'GET, HEAD, POST'],
    [`/api/todo/todos/${ID}`, 'DELETE, GET, HEAD, PATCH, PUT'],
  ])('on %s', async (path, allowed) => {
    const { body, headers } = await backend.agent.propfind(path).expect(405);
    expect(headers.allow).toBe(allowed);
    expect(body.error.name).toBe('MethodNotAllowedError');
  });
});
