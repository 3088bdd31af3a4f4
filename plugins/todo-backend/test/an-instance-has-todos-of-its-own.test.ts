import { expect, it } from '@jest/globals';
import { startTestBackend } from '@bulkhead/backend-test-utils';
import todoPlugin from '../src/index.ts';

it('an instance has its own mount, configuration and todos', async () => {
  const { agent } = await startTestBackend({
    features: [todoPlugin, { feature: todoPlugin, pluginId: 'chores' }],
    config: { chores: { pageSize: 1 } },
  });

  const { body: todo } = await agent.post('/api/todo/todos').send({ title: 'Write' }).expect(201);
  const { headers } = await agent.post('/api/chores/todos').send({ title: 'Sweep' }).expect(201);
  await agent.post('/api/chores/todos').send({ title: 'Wash' }).expect(201);

  expect(headers.location).toMatch(/^\/api\/chores\/todos\//);
  await agent.get('/api/todo/todos').expect(200, { items: [todo] });
  const { body: page } = await agent.get('/api/chores/todos').expect(200);
  expect(page).toEqual({ items: [expect.anything()], nextCursor: expect.any(String) });
  await agent.get(`/api/chores/todos/${todo.id}`).expect(404);
});
