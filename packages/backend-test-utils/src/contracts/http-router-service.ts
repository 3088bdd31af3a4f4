import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import type {
  CreateHttpApplication,
  HttpRouteAccess,
  HttpRouteCall,
  HttpRouterService,
  HttpRoutes,
} from '@bulkhead/backend-plugin-api';
import { ConflictError } from '@bulkhead/errors';
import express, { type Application } from 'express';
import request from 'supertest';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

/** The router of the plugin `todo`, and how to reach it. */
export interface HttpRouterServiceSubject extends ContractSubject<HttpRouterService> {
  /** What serves `/api/todo`: an application, or the URL of a server. */
  readonly target: Application | string;
  /** Headers of a caller that the default policy lets in. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What an implementation may lack. */
export interface HttpRouterAbilities {
  /** Whether requests for other protocols reach their handlers; if so, `target` is a URL. */
  readonly upgrades: boolean;
}

/** Contract of {@link HttpRouterService}. */
export function describeHttpRouterService(
  name: string,
  create: CreateSubject<HttpRouterServiceSubject>,
  abilities: HttpRouterAbilities,
): void {
  describe(`${name} as an HttpRouterService`, () => {
    const subject = subjectPerTest(create);
    describeRouting(subject);
    describePolicies(subject);
    describeRoutes(subject);
    describeErrors(subject);
    if (abilities.upgrades) {
      describeUpgrades(subject);
    }
  });
}

type Subject = () => HttpRouterServiceSubject;

function describeRouting(subject: Subject): void {
  it('serves handlers below the mount of the plugin', async () => {
    const { service, target, headers } = subject();
    const router = express.Router();
    router.post('/items/:id', express.json(), (req, res) => {
      res.status(201).json([req.params.id, req.url, req.baseUrl, req.originalUrl, req.body]);
    });
    service.use(router);
    const response = await request(target).post('/api/todo/items/a%2Fb?x=1').set(headers).send({ done: true });
    expect(response.status).toBe(201);
    expect(response.body).toEqual([
      'a/b',
      '/items/a%2Fb?x=1',
      '/api/todo',
      '/api/todo/items/a%2Fb?x=1',
      { done: true },
    ]);
  });

  it('asks handlers in the order in which they were added', async () => {
    const { service, target, headers } = subject();
    service.use((_req, res, next) => {
      res.setHeader('x-order', 'first');
      next();
    });
    service.use((_req, res) => void res.send(res.getHeader('x-order')));
    expect((await request(target).get('/api/todo').set(headers)).text).toBe('first');
  });

  it('asks applications of other frameworks in turn with handlers', async () => {
    const { service, target, headers } = subject();
    const application =
      (own: string): CreateHttpApplication =>
      ({ pluginId, mountPath }) => ({
        handle: ({ url }, response, next) =>
          url === own ? void response.end(`${own} of ${pluginId} at ${mountPath}`) : next(),
      });
    service.mount(application('/first'));
    service.use((req, res, next) => (req.url === '/second' ? void res.send('second') : next()));
    service.mount(application('/third'));
    const ask = async (path: string): Promise<unknown> =>
      (await request(target).get(`/api/todo${path}`).set(headers)).text;
    expect([await ask('/first'), await ask('/second'), await ask('/third')]).toEqual([
      '/first of todo at /api/todo',
      'second',
      '/third of todo at /api/todo',
    ]);
    expect((await request(target).get('/api/todo/fourth').set(headers)).status).toBe(404);
  });

  it('answers for an application that fails', async () => {
    const { service, target, headers } = subject();
    service.mount(() => ({ handle: (_request, _response, next) => next(new ConflictError('No')) }));
    expect((await request(target).get('/api/todo').set(headers)).status).toBe(409);
  });
}

function describePolicies(subject: Subject): void {
  it('lets nobody in by default', async () => {
    const { service, target, headers } = subject();
    service.use((_req, res) => void res.send('in'));
    expect((await request(target).get('/api/todo/x')).status).toBe(401);
    expect((await request(target).get('/api/todo/x').set(headers)).status).toBe(200);
  });

  it('opens what a policy names, by whole segments', async () => {
    const { service, target } = subject();
    service.use((_req, res) => void res.send('in'));
    service.addAuthPolicy({ path: '/open', allow: 'unauthenticated' });
    const paths = ['/open', '/open/deeper', '/openness', '/open%2fa', '/other'];
    const statuses = await Promise.all(
      paths.map(async (path) => (await request(target).get(`/api/todo${path}`)).status),
    );
    expect(statuses).toEqual([200, 200, 401, 401, 401]);
  });

  it.each(['/', '*'])('opens everything where a policy names the mount as %s', async (path) => {
    const { service, target } = subject();
    service.use((_req, res) => void res.send('in'));
    service.addAuthPolicy({ path, allow: 'unauthenticated' });
    expect((await request(target).get('/api/todo/any/where')).status).toBe(200);
  });

  it('opens what a policy describes by a pattern', async () => {
    const { service, target } = subject();
    service.use((_req, res) => void res.send('in'));
    service.addAuthPolicy({ path: '/items/:id/public', allow: 'unauthenticated' });
    const paths = ['/items/1/public', '/Items/1/Public/x', '/items/1', '/items/1/2/public', '/items//public'];
    const statuses = await Promise.all(
      paths.map(async (path) => (await request(target).get(`/api/todo${path}`)).status),
    );
    expect(statuses).toEqual([200, 200, 401, 401, 401]);
  });

  it('refuses a policy without a path', () => {
    const { service } = subject();
    expect(() => service.addAuthPolicy({ path: 'open', allow: 'unauthenticated' })).toThrow();
  });

  it('demands somebody where a policy wants the cookie of a user', async () => {
    const { service, target, headers } = subject();
    service.use((_req, res) => void res.send('in'));
    service.addAuthPolicy({ path: '/pictures', allow: 'user-cookie' });
    expect((await request(target).get('/api/todo/pictures')).status).toBe(401);
    expect((await request(target).get('/api/todo/pictures').set(headers)).status).toBe(200);
  });
}

const ANYBODY: HttpRouteAccess = { credentials: 'none', principals: [], cookie: false };
const CALLERS: HttpRouteAccess = { credentials: 'required', principals: ['user', 'service'], cookie: false };

/** Routes by method and path, as `GET /todos`; a path is found with its last segment for a value. */
function routesOf(
  table: Readonly<
    Record<string, { readonly access?: HttpRouteAccess; readonly answer: (call: HttpRouteCall) => unknown }>
  >,
): HttpRoutes {
  return {
    find(method, path) {
      const found = table[`${method} ${path}`] ?? table[`${method} ${path.slice(0, path.lastIndexOf('/'))}/{id}`];
      return (
        found && {
          pathValues: [path.slice(path.lastIndexOf('/') + 1)],
          route: {
            operationId: 'operate',
            access: found.access ?? ANYBODY,
            handle: async (call) => void call.response.end(JSON.stringify(await found.answer(call))),
          },
        }
      );
    },
    methodsAt: (path) => ['GET', 'POST'].filter((method) => `${method} ${path}` in table),
    document: () => ({}),
  };
}

function typeOf({ credentials }: HttpRouteCall): string {
  return (credentials.principal as { type: string }).type;
}

function describeRoutes(subject: Subject): void {
  it('serves the routes of a contract, with all that they need to know', async () => {
    const { service, target } = subject();
    const answer = (call: HttpRouteCall): unknown => {
      const { pathValues, query, pluginId, mountPath, isAnswerable, requestId, signal } = call;
      return { pathValues, query, pluginId, mountPath, isAnswerable, id: typeof requestId, aborted: signal.aborted };
    };
    service.serve(routesOf({ 'GET /todos/{id}': { answer } }));
    const response = await request(target).get('/api/todo/todos/a%2Fb?x=1&y=%20');
    expect(JSON.parse(response.text)).toEqual({
      pathValues: ['a%2Fb'],
      query: 'x=1&y=%20',
      pluginId: 'todo',
      mountPath: '/api/todo',
      isAnswerable: true,
      id: 'string',
      aborted: false,
    });
  });

  it('lets in whom a route demands, whatever the policies say', async () => {
    const { service, target, headers } = subject();
    service.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
    service.serve(
      routesOf({
        'GET /open': { answer: typeOf },
        'GET /optional': { access: { ...CALLERS, credentials: 'optional' }, answer: typeOf },
        'GET /closed': { access: CALLERS, answer: typeOf },
        'GET /nobody': { access: { ...CALLERS, principals: [] }, answer: typeOf },
      }),
    );
    const ask = async (path: string, sent: Readonly<Record<string, string>>): Promise<unknown> => {
      const response = await request(target).get(`/api/todo${path}`).set(sent);
      return response.status === 200 ? JSON.parse(response.text) : response.status;
    };
    const known: unknown = expect.stringMatching(/^(user|service)$/);
    expect([await ask('/open', {}), await ask('/open', headers)]).toEqual(['none', 'none']);
    expect([await ask('/optional', {}), await ask('/optional', headers)]).toEqual(['none', known]);
    expect(await ask('/optional', { Authorization: 'Bearer forged' })).toBe(401);
    expect([await ask('/closed', {}), await ask('/closed', headers)]).toEqual([401, known]);
    expect(await ask('/nobody', headers)).toBe(403);
  });

  it.each(['before', 'after'])('gives Express what no route is for, if it comes %s the routes', async (order) => {
    const { service, target, headers } = subject();
    const routes = routesOf({ 'GET /todos': { answer: () => 'route' } });
    if (order === 'after') service.serve(routes);
    service.use((req, res) => void res.json(`express ${req.method} ${req.url}`));
    if (order === 'before') service.serve(routes);
    const ask = async (method: 'get' | 'post', path: string): Promise<unknown> =>
      JSON.parse((await request(target)[method](`/api/todo${path}`).set(headers)).text);
    expect(await ask('get', '/todos')).toBe('route');
    expect(await ask('post', '/todos')).toBe('express POST /todos');
    expect(await ask('get', '/else?x')).toBe('express GET /else?x');
  });

  it('answers with the error that a route throws or rejects with', async () => {
    const { service, target } = subject();
    const answer = (): unknown => {
      throw new ConflictError('It is there already', { code: 'ERR_TODO_EXISTS' });
    };
    service.serve(routesOf({ 'GET /todos': { answer } }));
    const response = await request(target).get('/api/todo/todos');
    expect(response.body).toMatchObject({ error: { code: 'ERR_TODO_EXISTS' }, response: { statusCode: 409 } });
  });

  it('serves one contract', () => {
    const { service } = subject();
    service.serve(routesOf({}));
    expect(() => service.serve(routesOf({}))).toThrow(
      expect.objectContaining({ code: 'ERR_HTTP_ROUTES_SERVED_TWICE' }),
    );
  });
}

function describeErrors(subject: Subject): void {
  it('answers with the error that a handler throws or rejects with', async () => {
    const { service, target, headers } = subject();
    const router = express.Router();
    router.get('/throws', () => {
      throw new ConflictError('It is there already', { code: 'ERR_TODO_EXISTS' });
    });
    router.get('/rejects', async () => {
      await Promise.resolve();
      throw new ConflictError('It is there already', { code: 'ERR_TODO_EXISTS' });
    });
    service.use(router);
    for (const path of ['/api/todo/throws', '/api/todo/rejects']) {
      const response = await request(target).get(path).set(headers);
      expect(response.status).toBe(409);
      expect(response.body).toMatchObject({
        error: { name: 'ConflictError', message: 'It is there already', code: 'ERR_TODO_EXISTS' },
        request: { method: 'GET', url: path },
        response: { statusCode: 409 },
      });
    }
  });

  it('keeps the message of an unexpected error to itself', async () => {
    const { service, target, headers } = subject();
    service.use(() => {
      throw new TypeError('the secret of the handler');
    });
    const response = await request(target).get('/api/todo').set(headers);
    expect(response.status).toBe(500);
    expect(response.text).not.toContain('secret');
  });

  it('answers 404 when no handler does', async () => {
    const { service, target, headers } = subject();
    service.use((_req, _res, next) => next());
    const response = await request(target).get('/api/todo/nowhere').set(headers);
    expect(response.status).toBe(404);
    expect(response.body).toMatchObject({ error: { name: 'NotFoundError' }, response: { statusCode: 404 } });
  });
}

function describeUpgrades(subject: Subject): void {
  async function upgrade(path: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
    const outgoing = httpRequest(`${String(subject().target)}${path}`, {
      headers: { ...headers, connection: 'Upgrade', upgrade: 'websocket' },
    });
    outgoing.end();
    const [incoming] = (await Promise.race([once(outgoing, 'upgrade'), once(outgoing, 'response')])) as [
      { statusCode?: number },
    ];
    outgoing.destroy();
    return incoming.statusCode;
  }

  it('hands upgrades to their handlers, if their callers are let in', async () => {
    const { service, headers } = subject();
    service.onUpgrade('/feed', ({ request: { url }, socket, credentials }) => {
      const kind = (credentials.principal as { type: string }).type;
      socket.end(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${kind}${url}\r\n\r\n`);
    });
    expect(await upgrade('/api/todo/feed/1', headers)).toBe(101);
    expect(await upgrade('/api/todo/feed/1', {})).toBe(401);
    expect(await upgrade('/api/todo/elsewhere', headers)).toBe(404);
  });
}
