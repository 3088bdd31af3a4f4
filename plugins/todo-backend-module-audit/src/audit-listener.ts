import type { AuditorService, AuditSeverity } from '@bulkhead/backend-plugin-api';
import type { TodoChange, TodoListener } from '@bulkhead/plugin-todo-node';

const EVENTS: Readonly<
  Record<TodoChange['type'], { readonly eventId: string; readonly severityLevel: AuditSeverity }>
> = {
  created: { eventId: 'todo-create', severityLevel: 'low' },
  updated: { eventId: 'todo-update', severityLevel: 'low' },
  deleted: { eventId: 'todo-delete', severityLevel: 'medium' },
};

/**
 * A listener that records who changed which todo. The title is left out: it may be personal, and audit records outlive
 * what they tell about.
 */
export function createAuditListener(auditor: AuditorService): TodoListener {
  return async ({ type, owner, todo }) => {
    const meta = { owner, todoId: todo.id, version: todo.version };
    const event = await auditor.createEvent({ ...EVENTS[type], meta });
    await event.success();
  };
}
