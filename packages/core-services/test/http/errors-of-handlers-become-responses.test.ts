import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConflictError, NotModifiedError, ServiceUnavailableError } from '@bulkhead/errors';
import express, { type Router } from 'express';
import { startTestHost, TOKEN, type TestHost } from './test-host.ts';
import type { RawResponse } from './raw-client.ts';

const AUTHORIZED = { Authorization: `Bearer ${TOKEN}` };

let host: TestHost;
let router: Router;

beforeEach(async () => {
  host = await startTestHost();
  router = express.Router();
  host.addPlugin('todo').use(router);
});

afterEach(() => host.stop());

async function get(path: string, method = 'GET'): Promise<RawResponse> {
  const client = await host.connect();
  return client.request(`${method} ${path}`, AUTHORIZED).response();
}

function errorOf(response: RawResponse): Record<string, unknown> {
  return (JSON.parse(response.text) as { error: Record<string, unknown> }).error;
}

function logged(level: string): string[] {
  return host.logger.lines.filter((line) => line.level === level).map(({ message }) => message);
}

describe('a handler that fails', () => {
  it('with an HTTP error is answered with its status and code', async () => {
    router.get('/x', () => {
      throw new ConflictError('It is there already', { code: 'ERR_TODO_EXISTS', hint: 'Choose another name.' });
    });
    const response = await get('/api/todo/x?a=1');
    expect(response.status).toBe(409);
    expect(response.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8' });
    expect(JSON.parse(response.text)).toEqual({
      error: {
        name: 'ConflictError',
        message: 'It is there already',
        code: 'ERR_TODO_EXISTS',
        hint: 'Choose another name.',
      },
      request: { method: 'GET', url: '/api/todo/x?a=1' },
      response: { statusCode: 409 },
      requestId: response.headers['x-request-id'],
    });
    expect(logged('error')).toEqual([]);
  });

  it('unexpectedly is answered 500 without message and stack, and is logged with both', async () => {
    router.get('/x', () => {
      throw new Error('secret detail');
    });
    const response = await get('/api/todo/x');
    expect(response.status).toBe(500);
    expect(response.text).not.toContain('secret detail');
    expect(errorOf(response)).toMatchObject({ code: 'ERR_HTTP_INTERNAL' });
    expect(host.logger.lines).toContainEqual(
      expect.objectContaining({ level: 'error', meta: expect.objectContaining({ message: 'secret detail' }) }),
    );
    expect(logged('error')[0]).toContain(response.headers['x-request-id']);
  });

  it('in development is answered with its message, but not with its stack', async () => {
    await host.stop();
    host = await startTestHost({ development: true });
    host.addPlugin('todo').use(() => {
      throw new Error('the detail');
    });
    const response = await get('/api/todo');
    expect(errorOf(response)).toMatchObject({ message: 'the detail' });
    expect(response.text).not.toContain('.ts');
  });

  it('by rejecting is answered, too', async () => {
    router.get('/x', async () => {
      await Promise.resolve();
      throw new ServiceUnavailableError('Not now');
    });
    expect(await get('/api/todo/x')).toMatchObject({ status: 503 });
    expect(logged('warn')).toHaveLength(1);
  });

  it('with something that is no error is answered 500', async () => {
    router.get('/x', (_req, _res, next) => next('just text'));
    const response = await get('/api/todo/x');
    expect(response.status).toBe(500);
    expect(response.text).not.toContain('just text');
  });

  it('with 304 is answered without a body', async () => {
    router.get('/x', (_req, res) => {
      res.setHeader('ETag', '"1"');
      throw new NotModifiedError('You have it');
    });
    expect(await get('/api/todo/x')).toMatchObject({ status: 304, text: '' });
  });

  it('after it has set headers leaves none of those that describe a body', async () => {
    router.get('/x', (_req, res) => {
      res.set({ ETag: '"1"', 'Cache-Control': 'max-age=60', 'Content-Encoding': 'gzip', 'X-Mine': 'kept' });
      throw new ConflictError('No');
    });
    const { headers, text } = await get('/api/todo/x');
    expect(headers).not.toHaveProperty('etag');
    expect(headers).not.toHaveProperty('cache-control');
    expect(headers).not.toHaveProperty('content-encoding');
    expect(headers).toMatchObject({ 'x-mine': 'kept', 'content-length': String(text.length) });
  });

  it('since Node.js cannot send what it has set is answered all the same', async () => {
    router.get('/text', (_req, res) => {
      res.statusMessage = 'several\r\nlines';
      res.end();
    });
    router.get('/trailer', (_req, res) => void res.set({ Trailer: 'X-Sum', 'Content-Length': '2' }).end('ab'));
    const text = await (
      await host.connect()
    )
      .request('GET /api/todo/text', { ...AUTHORIZED, Connection: 'close' })
      .rest();
    expect(text).toMatch(/^HTTP\/1.1 500 Internal Server Error\r\n/);
    expect(await get('/api/todo/trailer')).toMatchObject({ status: 500 });
  });

  it('has its connection closed, and nothing else, where its own methods refuse every answer', async () => {
    router.get('/x', (_req, res) => {
      res.writeHead = () => {
        throw new Error('No heads');
      };
      res.json({});
    });
    router.get('/y', (_req, res) => void res.json({}));
    expect(await get('/api/todo/x')).toMatchObject({ text: '', headers: {} });
    expect(await get('/api/todo/y')).toMatchObject({ status: 200 });
  });

  it('answers HEAD without a body', async () => {
    router.get('/x', () => {
      throw new ConflictError('No');
    });
    const client = await host.connect();
    client.request('HEAD /api/todo/x', { ...AUTHORIZED, Connection: 'close' });
    const rest = await client.rest();
    expect(rest).toMatch(/^HTTP\/1.1 409 /);
    expect(rest.endsWith('\r\n\r\n')).toBe(true);
  });

  it('after headers were sent breaks the connection off, and the process goes on', async () => {
    router.get('/x', async (_req, res) => {
      res.writeHead(200, { 'Content-Length': '100' }).write('the beginning');
      await Promise.resolve();
      throw new Error('too late');
    });
    const client = await host.connect();
    const ended = host.nextAccess();
    client.request('GET /api/todo/x', AUTHORIZED);
    expect(await client.rest()).toMatch(/the beginning$/);
    expect(await ended).toMatchObject({ status: 499 });
    expect(logged('error')).toEqual([expect.stringContaining('after its response had begun')]);
    expect(await get('/api/todo/y')).toMatchObject({ status: 404 });
  });

  it('after its response was complete disturbs nobody', async () => {
    router.get('/x', async (_req, res) => {
      res.json({ fine: true });
      await Promise.resolve();
      throw new Error('afterthought');
    });
    const client = await host.connect();
    expect(await client.request('GET /api/todo/x', AUTHORIZED).response()).toMatchObject({ status: 200 });
    expect(await client.request('GET /api/todo/y', AUTHORIZED).response()).toMatchObject({ status: 404 });
    expect(logged('error')).toHaveLength(1);
  });
});

describe('a client that hangs up', () => {
  it('is logged as 499, and a handler that answers late or fails does no harm', async () => {
    let late: ((error?: Error) => void) | undefined;
    let entered: (() => void) | undefined;
    const hasEntered = new Promise<void>((resolve) => {
      entered = resolve;
    });
    router.get('/x', (_req, res, next) => {
      late = (error) => (error ? next(error) : void res.json({ late: true }));
      entered?.();
    });
    const client = await host.connect();
    client.request('GET /api/todo/x', AUTHORIZED);
    await hasEntered;
    const ended = host.nextAccess();
    client.close();
    expect(await ended).toMatchObject({ status: 499, pluginId: 'todo' });
    late?.();
    late?.(new Error('too late'));
    expect(await get('/api/todo/y')).toMatchObject({ status: 404 });
    expect(logged('error')).toEqual([]);
  });

  it('in the middle of its body disturbs nobody', async () => {
    router.post('/x', express.json());
    const client = await host.connect();
    client.request(
      'POST /api/todo/x',
      { ...AUTHORIZED, 'Content-Type': 'application/json', 'Content-Length': '9' },
      '{',
    );
    await (await host.connect()).request('GET /x').response();
    const ended = host.nextAccess();
    client.close();
    expect(await ended).toMatchObject({ status: 499 });
    expect(logged('error')).toEqual([]);
  });
});

describe('a request that nobody answers', () => {
  beforeEach(() => {
    const nested = express.Router();
    nested.get('/:id', (_req, res) => void res.send('ok'));
    nested.put('/:id', (_req, res) => void res.send('ok'));
    router.use('/items', nested);
    router.post('/items', (_req, res) => void res.send('ok'));
    router.all('/any', (_req, _res, next) => next());
  });

  it('is answered 404 for an unknown path of a plugin', async () => {
    const response = await get('/api/todo/nowhere?x=1');
    expect(response.status).toBe(404);
    expect(errorOf(response)).toMatchObject({
      code: 'ERR_HTTP_UNKNOWN_PATH',
      message: 'There is nothing at GET /api/todo/nowhere',
    });
  });

  it('is answered 404 for an unknown path outside of /api', async () => {
    expect(errorOf(await get('/nowhere'))).toMatchObject({ code: 'ERR_HTTP_UNKNOWN_PATH' });
    expect(errorOf(await get('/api'))).toMatchObject({ code: 'ERR_HTTP_UNKNOWN_PATH' });
    expect(errorOf(await get('/'))).toMatchObject({ code: 'ERR_HTTP_UNKNOWN_PATH' });
  });

  it('is answered 404 for an unknown plugin, and is told of no other', async () => {
    const response = await get('/api/tood/x');
    expect(response.status).toBe(404);
    expect(errorOf(response)).toEqual({
      name: 'NotFoundError',
      code: 'ERR_HTTP_UNKNOWN_PLUGIN',
      message: "There is no plugin 'tood' here",
    });
  });

  it('is told of the nearest plugin in development', async () => {
    await host.stop();
    host = await startTestHost({ development: true });
    host.addPlugin('todo');
    expect(errorOf(await get('/api/tood'))).toMatchObject({ hint: "Did you mean 'todo'?" });
  });

  it('is answered 404 for a plugin that has no handlers', async () => {
    host.addPlugin('silent');
    expect(await get('/api/silent')).toMatchObject({ status: 404 });
    host.host.set('unmounted', 'ready');
    expect(errorOf(await get('/api/unmounted'))).toMatchObject({ code: 'ERR_HTTP_UNKNOWN_PATH' });
  });

  it('is answered 405 for a wrong method', async () => {
    const response = await get('/api/todo/items/1', 'DELETE');
    expect(response).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, PUT' } });
    expect(errorOf(response)).toEqual({
      name: 'MethodNotAllowedError',
      code: 'ERR_HTTP_WRONG_METHOD',
      message: '/api/todo/items/1 does not take DELETE',
      hint: 'Use GET or HEAD or PUT.',
    });
    expect(await get('/api/todo/items', 'PATCH')).toMatchObject({ status: 405, headers: { allow: 'POST' } });
    expect(await get('/api/todo/any', 'PATCH')).toMatchObject({ status: 404 });
  });

  it('is answered 400 when a parameter cannot be decoded', async () => {
    // Caught before Express tries, so that every plugin is served the same.
    expect(await get('/api/todo/items/%ff')).toMatchObject({ status: 400 });
  });
});

describe('the access log', () => {
  it('has one entry per request, without the secrets in its query', async () => {
    router.get('/x', (_req, res) => void res.send('hello'));
    const ended = host.nextAccess();
    const { headers } = await get('/api/todo/x?page=2&access_token=abc&%63ode=1&flag');
    expect(await ended).toEqual({
      method: 'GET',
      url: '/api/todo/x?page=2&access_token=***&%63ode=***&flag',
      status: 200,
      duration: expect.any(Number),
      bytes: expect.any(Number),
      requestId: headers['x-request-id'],
      pluginId: 'todo',
    });
    expect(host.accessLog).toHaveLength(1);
  });
});
