import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import { todoListenersExtensionPoint } from '@bulkhead/plugin-todo-node';
import { createRouter } from './router.ts';
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
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      async init({ config, database, httpAuth, httpRouter, lifecycle, logger }) {
        const todos = new TodoService({
          store: await TodoStore.open(database),
          onChange: (change) => listeners.notify(change, logger),
        });
        lifecycle.addShutdownHook(() => listeners.idle());

        const pageSize = config.getOptionalNumber('pageSize') ?? DEFAULT_PAGE_SIZE;
        httpRouter.use(createRouter({ todos, httpAuth, pageSize }));
      },
    });
  },
});
