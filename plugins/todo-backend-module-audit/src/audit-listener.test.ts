import { expect, it } from '@jest/globals';
import type { AuditorService } from '@bulkhead/backend-plugin-api';
import type { TodoChange } from '@bulkhead/plugin-todo-node';
import { createAuditListener } from './audit-listener.ts';

const todo: TodoChange['todo'] = {
  id: '5c6ba1a5-4f3a-4f5e-8d0e-0f3a3c3f0d11',
  title: 'Tell nobody',
  done: false,
  version: 2,
  createdAt: '2026-01-31T12:00:00.000Z',
  updatedAt: '2026-01-31T12:00:00.000Z',
};

it.each<[TodoChange['type'], string, string]>([
  ['created', 'todo-create', 'low'],
  ['updated', 'todo-update', 'low'],
  ['deleted', 'todo-delete', 'medium'],
])('records that a todo was %s, without its title', async (type, eventId, severityLevel) => {
  const records: unknown[] = [];
  const auditor: AuditorService = {
    async createEvent(options) {
      return {
        success: async () => void records.push(options),
        fail: async () => void records.push('failed'),
      };
    },
  };

  await createAuditListener(auditor)({ type, owner: 'user:default/ada', todo });

  expect(records).toEqual([
    { eventId, severityLevel, meta: { owner: 'user:default/ada', todoId: todo.id, version: 2 } },
  ]);
});
