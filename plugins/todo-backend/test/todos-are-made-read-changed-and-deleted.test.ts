import { beforeAll, describe, expect, it } from '@jest/globals';
import { startTestBackend, type TestBackend } from '@bulkhead/backend-test-utils';
import type { NewTodo, Todo } from '@bulkhead/plugin-todo-node';
import todoPlugin from '../src/index.ts';

let backend: TestBackend;

beforeAll(async () => {
  backend = await startTestBackend({ features: [todoPlugin] });
});

async function createTodo(todo: NewTodo): Promise<Todo> {
  const { body } = await backend.agent.post('/api/todo/todos').send(todo).expect(201);
  return body;
}

describe('a todo', () => {
  it('is made', async () => {
    const { body, headers } = await backend.agent.post('/api/todo/todos').send({ title: 'Write a test' }).expect(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      title: 'Write a test',
      done: false,
      version: 1,
      createdAt: expect.any(String),
      updatedAt: body.createdAt,
    });
    expect(headers).toMatchObject({ etag: '"1"', location: `/api/todo/todos/${body.id}` });
    await backend.agent.get(headers.location!).expect(200, body);
  });

  it('is read only if the client does not have it', async () => {
    const { id } = await createTodo({ title: 'Read me' });
    const { headers } = await backend.agent.get(`/api/todo/todos/${id}`).expect(200);
    expect(headers.etag).toBe('"1"');

    const known = await backend.agent.get(`/api/todo/todos/${id}`).set('If-None-Match', 'W/"1"').expect(304);
    expect(known.text).toBe('');
    expect(known.headers.etag).toBe('"1"');
    await backend.agent.get(`/api/todo/todos/${id}`).set('If-None-Match', '"2"').expect(200);
  });

  it('is replaced', async () => {
    const { id, createdAt } = await createTodo({ title: 'Draft', done: true });
    const { body, headers } = await backend.agent
      .put(`/api/todo/todos/${id}`)
      .set('If-Match', '"1"')
      .send({ title: 'Final' })
      .expect(200);
    expect(body).toMatchObject({ id, title: 'Final', done: false, version: 2, createdAt });
    expect(headers.etag).toBe('"2"');
  });

  it('is changed in part', async () => {
    const { id } = await createTodo({ title: 'Keep the title' });
    const { body } = await backend.agent
      .patch(`/api/todo/todos/${id}`)
      .set('If-Match', '"1"')
      .send({ done: true })
      .expect(200);
    expect(body).toMatchObject({ title: 'Keep the title', done: true, version: 2 });
  });

  it('is deleted', async () => {
    const { id } = await createTodo({ title: 'Away' });
    await backend.agent.delete(`/api/todo/todos/${id}`).set('If-Match', '"1"').expect(204);
    const { body } = await backend.agent.get(`/api/todo/todos/${id}`).expect(404);
    expect(body.error).toMatchObject({ name: 'NotFoundError', code: 'ERR_TODO_NOT_FOUND' });
  });

  it('survives a restart', async () => {
    const todo = await createTodo({ title: 'Still here' });
    await backend.restart();
    await backend.agent.get(`/api/todo/todos/${todo.id}`).expect(200, todo);
  });
});

describe('a change', () => {
  it.each(['put', 'patch', 'delete'] as const)('by %s must say which version it is meant for', async (method) => {
    const { id } = await createTodo({ title: 'Guarded' });
    const change = method === 'delete' ? undefined : { title: 'Overwritten' };
    const { body } = await backend.agent[method](`/api/todo/todos/${id}`).send(change).expect(428);
    expect(body.error).toMatchObject({ name: 'PreconditionRequiredError', code: 'ERR_TODO_VERSION_REQUIRED' });
  });

  it.each(['put', 'patch', 'delete'] as const)('by %s is refused when somebody was faster', async (method) => {
    const { id } = await createTodo({ title: 'Contended' });
    const change = (): ReturnType<typeof backend.agent.put> =>
      backend.agent[method](`/api/todo/todos/${id}`)
        .set('If-Match', '"1"')
        .send(method === 'delete' ? undefined : { title: 'Mine' });
    await backend.agent.patch(`/api/todo/todos/${id}`).set('If-Match', '"1"').send({ title: 'Theirs' }).expect(200);

    const { body } = await change().expect(412);
    expect(body.error).toMatchObject({
      name: 'PreconditionFailedError',
      code: 'ERR_TODO_CHANGED',
      message: `Todo ${id} has been changed and is at version 2 now`,
    });
    const { body: todo } = await backend.agent.get(`/api/todo/todos/${id}`);
    expect(todo).toMatchObject({ title: 'Theirs', version: 2 });
  });

  it('can be meant for whatever there is', async () => {
    const { id } = await createTodo({ title: 'Any' });
    await backend.agent.patch(`/api/todo/todos/${id}`).set('If-Match', '*').send({ done: true }).expect(200);
    await backend.agent.delete(`/api/todo/todos/${id}`).set('If-Match', '*').expect(204);
    await backend.agent.delete(`/api/todo/todos/${id}`).set('If-Match', '*').expect(404);
  });
});
