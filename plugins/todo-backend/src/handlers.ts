import type { Credentials, ServicePrincipal, UserPrincipal } from '@bulkhead/backend-plugin-api';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { pluginsOnly } from './errors.ts';
import { etagOf, isKnownToClient, readExpectedVersion } from './etag.ts';
import type { Todo, TodoHandlers } from './generated/types.ts';
import type { TodoService } from './service/todo-service.ts';

/** What the handlers stand on. */
export interface HandlersOptions {
  readonly todos: TodoService;
  /** Todos on a page unless the request says how many. */
  readonly pageSize: number;
}

/** The operations of `openapi.yaml`. */
export function createHandlers({ todos, pageSize }: HandlersOptions): TodoHandlers {
  return {
    listTodos: async ({ query, credentials }) => {
      const { limit = pageSize, cursor, ...filter } = query;
      const after = cursor === undefined ? undefined : decodeCursor(cursor);
      const { todos: items, next } = await todos.list({ ...filter, owner: ownerOf(credentials), limit, after });
      return { status: 200, body: { items, ...(next && { nextCursor: encodeCursor(next) }) } };
    },

    createTodo: async ({ body, credentials, mountPath }) => {
      const todo = await todos.create(ownerOf(credentials), body);
      return { status: 201, headers: { ...tagged(todo), location: `${mountPath}/todos/${todo.id}` }, body: todo };
    },

    getTodo: async ({ path: { id }, headers, credentials }) => {
      const todo = await todos.get({ owner: ownerOf(credentials), id });
      return isKnownToClient(todo, headers['if-none-match'])
        ? { status: 304, headers: tagged(todo) }
        : { status: 200, headers: tagged(todo), body: todo };
    },

    replaceTodo: async ({ path: { id }, headers, body, credentials }) => {
      const expected = readExpectedVersion(headers['if-match']);
      const todo = await todos.update({ owner: ownerOf(credentials), id }, body, expected);
      return { status: 200, headers: tagged(todo), body: todo };
    },

    updateTodo: async ({ path: { id }, headers, body, credentials }) => {
      const expected = readExpectedVersion(headers['if-match']);
      const todo = await todos.update({ owner: ownerOf(credentials), id }, body, expected);
      return { status: 200, headers: tagged(todo), body: todo };
    },

    deleteTodo: async ({ path: { id }, headers, credentials }) => {
      const expected = readExpectedVersion(headers['if-match']);
      await todos.delete({ owner: ownerOf(credentials), id }, expected);
      return { status: 204 };
    },

    summarizeTodos: async ({ query, credentials }) => ({
      status: 200,
      body: await todos.summarize(ownerOf(credentials), query),
    }),

    listSummaries: async ({ query: { limit, cursor: after, ...time }, credentials }) => {
      demandPlugin(credentials.principal);
      const { summaries: items, next } = await todos.listSummaries({ ...time, limit, after });
      return { status: 200, body: { items, ...(next !== undefined && { nextCursor: next }) } };
    },
  };
}

function ownerOf({ principal }: Credentials<UserPrincipal | ServicePrincipal>): string {
  return principal.type === 'user' ? principal.userEntityRef : principal.subject;
}

function tagged(todo: Todo): { readonly etag: string } {
  return { etag: etagOf(todo) };
}

/** Callers from outside are services, too. @throws NotAllowedError `ERR_TODO_PLUGINS_ONLY` */
function demandPlugin({ subject }: ServicePrincipal): void {
  if (!subject.startsWith('plugin:')) throw pluginsOnly();
}
