import { createBackend } from '@bulkhead/backend-defaults';

const backend = createBackend();

backend.add(import('@bulkhead/plugin-auth-backend'));
backend.add(import('@bulkhead/plugin-digest-backend'));
backend.add(import('@bulkhead/plugin-example-backend'));
backend.add(import('@bulkhead/plugin-todo-backend'));
backend.add(import('@bulkhead/plugin-todo-backend-module-audit'));

await backend.start();
