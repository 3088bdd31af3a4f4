import { beforeAll, describe, expect, it } from '@jest/globals';
import { startTestBackend, type TestBackend } from '@bulkhead/backend-test-utils';
import todoPlugin from '../src/index.ts';

const ID = '5c6ba1a5-4f3a-4f5e-8d0e-0f3a3c3f0d11';

let backend: TestBackend;

beforeAll(async () => {
  backend = await startTestBackend({ features: [todoPlugin] });
});

function expectFaults(body: { error: object }, ...faults: string[]): void {
  expect(body.error).toMatchObject({
    name: 'InputError',
    code: 'ERR_TODO_INVALID_INPUT',
    message: `The request is not valid: ${faults.join('; ')}`,
  });
}

it('in the body', async () => {
  const { body } = await backend.agent.post('/api/todo/todos').send({ done: 1, tilte: 'x' }).expect(400);
  expectFaults(
    body,
    '/body/title is missing',
    '/body/done must be true or false',
    '/body/tilte is not known, was title meant?',
  );
});

it('in the query', async () => {
  const { body } = await backend.agent.get('/api/todo/todos?limit=0&done=maybe&cursor=x&txt=y').expect(400);
  expectFaults(
    body,
    '/query/limit must be an integer from 1 to 100',
    '/query/cursor must be the nextCursor of a page',
    '/query/done must be true or false',
    '/query/txt is not known, was text meant?',
  );
});

it('in a query that has something twice', async () => {
  const { body } = await backend.agent.get('/api/todo/todos?done=true&done=false').expect(400);
  expectFaults(body, '/query/done must be true or false');
});

it('in the path', async () => {
  const { body } = await backend.agent.get('/api/todo/todos/42').expect(400);
  expectFaults(body, '/path/id must be a UUID');
});

it('in a header', async () => {
  const { body } = await backend.agent
    .patch(`/api/todo/todos/${ID}`)
    .set('If-Match', '1')
    .send({ done: true })
    .expect(400);
  expectFaults(body, '/header/if-match must be * or ETags in double quotes');
});

describe('a body that is no JSON object', () => {
  it.each(['[]', '"title"', 'null', '1'])('%s', async (text) => {
    await backend.agent.post('/api/todo/todos').set('Content-Type', 'application/json').send(text).expect(400);
  });

  it('nothing at all', async () => {
    const { body } = await backend.agent.post('/api/todo/todos').expect(400);
    expectFaults(body, '/body must be an object');
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
