import { beforeAll, expect, it } from '@jest/globals';
import { mockCredentials, startTestBackend, type TestBackend } from '@bulkhead/backend-test-utils';
import type { Todo, TodoPage } from '@bulkhead/plugin-todo-node';
import todoPlugin from '../src/index.ts';

let backend: TestBackend;

beforeAll(async () => {
  backend = await startTestBackend({ features: [todoPlugin] });
});

it('neither by id nor in a list, for users and services alike', async () => {
  const owners = [
    mockCredentials.user('user:default/ada'),
    mockCredentials.user('user:default/grace'),
    mockCredentials.service('plugin:digest'),
    mockCredentials.service('external:script'),
  ];
  const todos: Todo[] = [];
  for (const owner of owners) {
    const { body } = await backend
      .as(owner)
      .post('/api/todo/todos')
      .send({ title: `Of ${owner.toString()}` })
      .expect(201);
    todos.push(body);
  }

  for (const [index, owner] of owners.entries()) {
    const agent = backend.as(owner);
    const { body: page } = (await agent.get('/api/todo/todos').expect(200)) as { body: TodoPage };
    expect(page.items).toEqual([todos[index]]);
    for (const { id } of todos.filter((_, other) => other !== index)) {
      const path = `/api/todo/todos/${id}`;
      // 404, not 403: whether the todo exists is nobody else's business.
      await agent.get(path).expect(404);
      await agent.put(path).set('If-Match', '*').send({ title: 'Taken' }).expect(404);
      await agent.patch(path).set('If-Match', '"1"').send({ done: true }).expect(404);
      await agent.delete(path).set('If-Match', '*').expect(404);
    }
  }

  for (const [index, owner] of owners.entries()) {
    await backend.as(owner).get(`/api/todo/todos/${todos[index]!.id}`).expect(200, todos[index]);
  }
});

it('and nobody in particular has none', async () => {
  const { body } = await backend.anonymous.get('/api/todo/todos').expect(401);
  expect(body.error.name).toBe('AuthenticationError');
  await backend.anonymous.post('/api/todo/todos').send({ title: 'Whose?' }).expect(401);
});
