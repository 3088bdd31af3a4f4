import type { HttpAuthService } from '@bulkhead/backend-plugin-api';
import { UnsupportedMediaTypeError } from '@bulkhead/errors';
import type { Todo, TodoPage } from '@bulkhead/plugin-todo-common';
import express, { type Request, type Response, type Router } from 'express';
import { encodeCursor } from './cursor.ts';
import { etagOf, isKnownToClient } from './etag.ts';
import { readExpectedVersion, readListQuery, readNewTodo, readTodoChanges, readTodoId } from './input/todo-input.ts';
import type { TodoService } from './service/todo-service.ts';
import type { TodoKey } from './service/todo-store.ts';

/** What the router stands on. */
export interface RouterOptions {
  readonly todos: TodoService;
  readonly httpAuth: HttpAuthService;
  /** Todos on a page unless the request says how many. */
  readonly pageSize: number;
}

/** The HTTP side of the plugin, as `openapi.yaml` describes it. */
export function createRouter({ todos, httpAuth, pageSize }: RouterOptions): Router {
  const router = express.Router();
  router.use(express.json());

  router.get('/todos', async (req, res) => {
    const query = readListQuery(req.query, pageSize);
    const { todos: items, next } = await todos.list({ ...query, owner: await ownerOf(req, httpAuth) });
    const page: TodoPage = { items, ...(next && { nextCursor: encodeCursor(next) }) };
    res.json(page);
  });

  router.post('/todos', async (req, res) => {
    const todo = await todos.create(await ownerOf(req, httpAuth), readNewTodo(jsonBody(req)));
    res.status(201).location(`${req.baseUrl}/todos/${todo.id}`);
    sendTodo(res, todo);
  });

  router.get('/todos/:id', async (req, res) => {
    const todo = await todos.get(await keyOf(req, httpAuth));
    if (isKnownToClient(todo, req.get('if-none-match'))) res.status(304).set('ETag', etagOf(todo)).end();
    else sendTodo(res, todo);
  });

  router.put('/todos/:id', async (req, res) => {
    const { title, done = false } = readNewTodo(jsonBody(req));
    const expected = readExpectedVersion(req.get('if-match'));
    sendTodo(res, await todos.update(await keyOf(req, httpAuth), { title, done }, expected));
  });

  router.patch('/todos/:id', async (req, res) => {
    const changes = readTodoChanges(jsonBody(req));
    const expected = readExpectedVersion(req.get('if-match'));
    sendTodo(res, await todos.update(await keyOf(req, httpAuth), changes, expected));
  });

  router.delete('/todos/:id', async (req, res) => {
    const expected = readExpectedVersion(req.get('if-match'));
    await todos.delete(await keyOf(req, httpAuth), expected);
    res.status(204).end();
  });

  return router;
}

async function keyOf(req: Request, httpAuth: HttpAuthService): Promise<TodoKey> {
  return { owner: await ownerOf(req, httpAuth), id: readTodoId(req.params) };
}

async function ownerOf(req: Request, httpAuth: HttpAuthService): Promise<string> {
  const { principal } = await httpAuth.credentials(req, { allow: ['user', 'service'] });
  return principal.type === 'user' ? principal.userEntityRef : principal.subject;
}

function sendTodo(res: Response, todo: Todo): void {
  res.set('ETag', etagOf(todo)).json(todo);
}

function jsonBody(req: Request): unknown {
  // Without a type there is no body that could be read; the reader of the body says that it is missing.
  if (req.get('content-type') !== undefined && !req.is('json')) {
    throw new UnsupportedMediaTypeError('The body must be JSON', { hint: 'Send Content-Type: application/json.' });
  }
  return req.body;
}
