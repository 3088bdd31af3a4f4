import { coreServices, createBackendModule } from '@bulkhead/backend-plugin-api';
import { todoListenersExtensionPoint } from '@bulkhead/plugin-todo-node';
import { createAuditListener } from './audit-listener.ts';

/** Records every change to a todo through the audit log. */
export const todoAuditModule = createBackendModule({
  pluginId: 'todo',
  moduleId: 'audit',
  register(env) {
    env.registerInit({
      deps: { auditor: coreServices.auditor, listeners: todoListenersExtensionPoint },
      async init({ auditor, listeners }) {
        listeners.addListener(createAuditListener(auditor));
      },
    });
  },
});
