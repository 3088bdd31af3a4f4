import { expect, it } from '@jest/globals';
import { mockServices, startTestBackend } from '@bulkhead/backend-test-utils';
import todoPlugin from '@bulkhead/plugin-todo-backend';
import todoAuditModule from '../src/index.ts';

it('every change of a todo is on record, without what it says', async () => {
  const auditor = mockServices.auditor();
  const { agent, stop } = await startTestBackend({ features: [todoPlugin, todoAuditModule], services: { auditor } });

  const { body: todo } = await agent.post('/api/todo/todos').send({ title: 'Tell nobody' }).expect(201);
  const path = `/api/todo/todos/${todo.id}`;
  await agent.get(path).expect(200);
  await agent.patch(path).set('If-Match', '"1"').send({ done: true }).expect(200);
  await agent.delete(path).set('If-Match', '"2"').expect(204);
  // Listeners may still be at work when the answer is out; the plugin waits for them when it stops.
  await stop();

  const record = { status: 'succeeded', meta: { owner: 'user:default/mock', todoId: todo.id } };
  expect(auditor.events).toMatchObject([
    { ...record, eventId: 'todo-create', severityLevel: 'low' },
    { ...record, eventId: 'todo-update', severityLevel: 'low' },
    { ...record, eventId: 'todo-delete', severityLevel: 'medium' },
  ]);
  expect(JSON.stringify(auditor.events)).not.toContain('Tell nobody');
});
