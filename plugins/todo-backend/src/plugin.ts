import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import { todoListenersExtensionPoint } from '@bulkhead/plugin-todo-node';
import { createTodoRoutes } from './generated/routes.ts';
import { createHandlers } from './handlers.ts';
import { openDatabase } from './service/open-database.ts';
import { SummaryStore } from './service/summary-store.ts';
import { TodoListeners } from './service/todo-listeners.ts';
import { TodoService } from './service/todo-service.ts';
import { TodoStore } from './service/todo-store.ts';

/** Todos on a page unless the configuration says otherwise. */
const DEFAULT_PAGE_SIZE = 20;

/** Todos in PostgreSQL, one owner apart from another. */
export const todoPlugin = createBackendPlugin({
  pluginId: 'todo',
  register(env) {
    const listeners = new TodoListeners();

    env.registerExtensionPoint({
      extensionPoint: todoListenersExtensionPoint,
      factory: ({ moduleId }) => listeners.extensionPointFor(moduleId),
    });

    env.registerInit({
      deps: {
        config: coreServices.config,
        database: coreServices.database,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      async init({ config, database, httpRouter, lifecycle, logger }) {
        const knex = await openDatabase(database);
        const todos = new TodoService({
          store: new TodoStore(knex),
          summaries: new SummaryStore(knex),
          onChange: (change) => listeners.notify(change, logger),
        });
        lifecycle.addShutdownHook(() => listeners.idle());

        const pageSize = config.getOptionalNumber('pageSize') ?? DEFAULT_PAGE_SIZE;
        httpRouter.serve(createTodoRoutes(createHandlers({ todos, pageSize })));
      },
    });
  },
});
