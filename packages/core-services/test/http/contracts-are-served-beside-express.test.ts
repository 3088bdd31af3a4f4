import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { executionContext, type HttpRouteAccess, type HttpRouterService } from '@bulkhead/backend-plugin-api';
import { createRoutes, type ServedContent, type ServedOperation } from '@bulkhead/openapi/server';
import express from 'express';
import type { RawResponse, ReceivedError } from './raw-client.ts';
import { startTestHost, TOKEN, type TestHost, type TestHostOptions } from './test-host.ts';

let host: TestHost;
let todo: HttpRouterService;

async function start(options: TestHostOptions = {}): Promise<void> {
  host = await startTestHost({ development: true, ...options });
  todo = host.addPlugin('todo');
}

beforeEach(() => start());

afterEach(() => host.stop());

const OPEN: HttpRouteAccess = { credentials: 'none', principals: [], cookie: false };
const CLOSED: HttpRouteAccess = { credentials: 'required', principals: ['user', 'service'], cookie: false };
const AUTHORIZATION = { Authorization: `Bearer ${TOKEN}` };
const JSON_BODY: ServedContent = { mediaType: 'application/json', kind: 'json' };
const BINARY: ServedContent = { mediaType: 'application/octet-stream', kind: 'binary' };

type Handle = (request: { readonly body: never; readonly signal: AbortSignal }) => unknown;

/** Serves operations by method and path; each answers 200 with what its handler returns. */
function serve(operations: Readonly<Record<string, Handle>>, part: Partial<ServedOperation> = {}): void {
  const handlers: Record<string, (request: never) => unknown> = {};
  const served = Object.entries(operations).map(([key, handle]): ServedOperation => {
    const [method, path] = key.split(' ') as [ServedOperation['method'], string];
    handlers[key] = async (request) => ({ status: 200, body: await handle(request) });
    return {
      ...{
        operationId: key,
        method,
        path,
        parameters: [],
        access: OPEN,
        responses: { 200: { contents: [JSON_BODY] } },
      },
      ...part,
    };
  });
  todo.serve(createRoutes({ operations: served, document: () => ({}) }, handlers));
}

async function ask(line: string, headers: Record<string, string> = {}, body?: string): Promise<RawResponse> {
  const length: Record<string, string> = body === undefined ? {} : { 'Content-Length': `${Buffer.byteLength(body)}` };
  return (await host.connect()).request(line, { ...length, ...headers }, body).response();
}

/** The status and one header of a response without a body. */
async function askFor(header: string, line: string, headers: Record<string, string> = {}): Promise<unknown[]> {
  const [method, path] = line.split(' ');
  const response = await fetch(`${host.url}${path}`, { method, headers });
  return [response.status, response.headers.get(header)];
}

function errorIn({ text }: RawResponse): ReceivedError['error'] {
  return (JSON.parse(text) as ReceivedError).error;
}

describe('a plugin with a contract', () => {
  it('answers by it', async () => {
    serve({ 'GET /todos': () => ['a'] });
    expect(await ask('GET /api/todo/todos')).toMatchObject({ status: 200, text: '["a"]' });
    expect(await askFor('content-length', 'HEAD /api/todo/todos')).toEqual([200, '5']);
  });

  it('gets its requests under whatever id it is installed', async () => {
    todo = host.addPlugin('chores');
    serve({ 'GET /todos': () => executionContext.current()?.pluginId });
    expect(await ask('GET /api/chores/todos')).toMatchObject({ text: '"chores"' });
  });

  it('refuses a wrong method to anybody, where anybody may use a right one', async () => {
    serve({ 'GET /todos': () => 1, 'PUT /todos': () => 1 });
    const response = await ask('DELETE /api/todo/todos');
    expect(response).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, PUT' } });
    expect(errorIn(response)).toMatchObject({ code: 'ERR_HTTP_WRONG_METHOD', hint: 'Use GET or HEAD or PUT.' });
    expect(await askFor('allow', 'OPTIONS /api/todo/todos')).toEqual([204, 'GET, HEAD, OPTIONS, PUT']);
  });

  it('tells callers only what it is that closed paths take', async () => {
    serve({ 'GET /todos': () => 1 }, { access: CLOSED });
    expect((await ask('DELETE /api/todo/todos')).status).toBe(401);
    expect((await ask('DELETE /api/todo/todos', AUTHORIZATION)).status).toBe(405);
    expect((await ask('GET /api/todo/else', AUTHORIZATION)).status).toBe(404);
    expect((await ask('GET /api/todo/todos')).status).toBe(401);
    expect((await ask('GET /api/todo/todos', AUTHORIZATION)).status).toBe(200);
  });

  it('lets everybody in where there is no default policy', async () => {
    await host.stop();
    await start({ config: { backend: { auth: { dangerouslyDisableDefaultAuthPolicy: true } } } });
    serve({ 'GET /todos': () => 1 }, { access: CLOSED });
    expect((await ask('GET /api/todo/todos')).status).toBe(200);
  });

  it('names the methods of its contract and of its Express routes together', async () => {
    const router = express.Router();
    router.post('/todos', (_req, res) => void res.send('by express'));
    router.options('/own', (_req, res) => void res.setHeader('Allow', 'ALL').end());
    todo.use(router);
    serve({ 'GET /todos': () => 1, 'GET /own': () => 1 });
    expect(await ask('POST /api/todo/todos', AUTHORIZATION)).toMatchObject({ status: 200, text: 'by express' });
    expect((await ask('POST /api/todo/todos')).status).toBe(401);
    expect(await ask('DELETE /api/todo/todos', AUTHORIZATION)).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD, POST' },
    });
    const allowed = await askFor('allow', 'OPTIONS /api/todo/todos', AUTHORIZATION);
    expect(allowed).toEqual([204, 'GET, HEAD, OPTIONS, POST']);
    expect(await askFor('allow', 'OPTIONS /api/todo/own', AUTHORIZATION)).toEqual([200, 'ALL']);
  });

  it('serves one contract only', () => {
    serve({});
    expect(() => serve({})).toThrow(expect.objectContaining({ code: 'ERR_HTTP_ROUTES_SERVED_TWICE' }));
  });
});

describe('a body for a contract', () => {
  const body = { required: true, contents: [JSON_BODY, BINARY] };

  it('stays within the limit of the host', async () => {
    await host.stop();
    await start({ config: { backend: { server: { bodyLimit: 10 } } } });
    serve({ 'POST /todos': ({ body: sent }) => sent }, { body });
    const json = { 'Content-Type': 'application/json' };
    expect((await ask('POST /api/todo/todos', json, '"12345678"')).status).toBe(200);
    expect(errorIn(await ask('POST /api/todo/todos', json, '"123456789"')).code).toBe('ERR_HTTP_BODY_TOO_LARGE');
    const chunked = { ...json, 'Transfer-Encoding': 'chunked' };
    const client = (await host.connect()).request(
      'POST /api/todo/todos',
      chunked,
      '7\r\n"123456\r\n7\r\n789"   \r\n0\r\n\r\n',
    );
    expect((await client.response()).status).toBe(413);
  });

  it('is asked for when the caller is known', async () => {
    serve({ 'POST /todos': ({ body: sent }) => sent }, { body, access: CLOSED });
    const client = await host.connect();
    const expecting = { 'Content-Type': 'application/json', 'Content-Length': '1', Expect: '100-continue' };
    client.request('POST /api/todo/todos', { ...AUTHORIZATION, ...expecting });
    await new Promise((resolve) => client.socket.once('data', resolve));
    client.write('7');
    expect(await client.response()).toMatchObject({ status: 200, text: '7' });
  });

  it('is let in, with a slow sender', async () => {
    serve({ 'POST /todos': ({ body: sent }) => sent }, { body });
    const client = await host.connect();
    client.request('POST /api/todo/todos', { 'Content-Type': 'application/json', 'Content-Length': '9' });
    for (const character of '{"a":"b"}') {
      client.write(character);
      await new Promise(setImmediate);
    }
    expect((await client.response()).text).toBe('{"a":"b"}');
  });

  it('leaves the context as it was', async () => {
    serve({ 'POST /todos': () => executionContext.current()?.pluginId }, { body });
    expect((await ask('POST /api/todo/todos', { 'Content-Type': 'application/json' }, '7')).text).toBe('"todo"');
  });

  it('has come to its end for a handler that looks at the request', async () => {
    const handle = async (given: unknown): Promise<unknown> => {
      const { request } = given as { readonly request: IncomingMessage };
      await finished(request);
      return { ended: request.readableEnded, rest: (await buffer(request)).length };
    };
    serve({ 'POST /todos': handle }, { body });
    const { text } = await ask('POST /api/todo/todos', { 'Content-Type': 'application/json' }, '7');
    expect(JSON.parse(text)).toEqual({ ended: true, rest: 0 });
  });
});

describe('the signal of a call', () => {
  /** Serves an operation that goes on until its signal aborts, and then fails with the reason. */
  function serveEndless(): Promise<unknown> {
    return new Promise((resolve) => {
      serve({
        'GET /wait': ({ signal }) =>
          new Promise((_resolve, reject) => {
            const stop = (): void => {
              resolve(signal.reason);
              reject(signal.reason as Error);
            };
            if (signal.aborted) stop();
            else signal.addEventListener('abort', stop);
          }),
      });
    });
  }

  it('aborts when the client hangs up', async () => {
    const reason = serveEndless();
    const client = (await host.connect()).request('GET /api/todo/wait');
    await host.connect();
    client.close();
    expect(await reason).toMatchObject({ code: 'ERR_HTTP_CLIENT_GONE' });
  });

  it.each(['0', '5'])('aborts when the client has waited %s ms', async (milliseconds) => {
    const reason = serveEndless();
    const response = await ask('GET /api/todo/wait', { 'X-Request-Timeout-Ms': milliseconds });
    expect(await reason).toMatchObject({ code: 'ERR_HTTP_DEADLINE' });
    expect([response.status, errorIn(response).code]).toEqual([504, 'ERR_HTTP_DEADLINE']);
  });

  it('does not abort once all is well', async () => {
    const signals: AbortSignal[] = [];
    serve({ 'GET /todos': ({ signal }) => signals.push(signal) });
    const access = host.nextAccess();
    await ask('GET /api/todo/todos', { 'X-Request-Timeout-Ms': '60000' });
    await access;
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });
});

describe('the deadline of a caller', () => {
  it.each([
    ['1500', 1_500],
    ['0', 0],
    ['999999999999', 24 * 60 * 60 * 1_000],
    ['1.5', undefined],
    ['-1', undefined],
    ['soon', undefined],
    ['1e3', undefined],
    ['', undefined],
  ])('is known to whoever answers: %p', async (sent, milliseconds) => {
    let left: number | undefined;
    serve({
      'GET /todos': () => {
        const { deadline } = executionContext.current()!;
        left = deadline === undefined ? undefined : deadline - performance.now();
        return null;
      },
    });
    const before = performance.now();
    await ask('GET /api/todo/todos', { 'X-Request-Timeout-Ms': sent });
    if (milliseconds === undefined) {
      expect(left).toBeUndefined();
    } else {
      expect(left).toBeLessThanOrEqual(milliseconds);
      expect(left).toBeGreaterThanOrEqual(milliseconds - (performance.now() - before));
    }
  });
});

describe('a stream', () => {
  it('whose client goes away is let go of', async () => {
    let isOver = false;
    async function* chunks(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          yield new Uint8Array(1024);
          await new Promise(setImmediate);
        }
      } finally {
        isOver = true;
      }
    }
    serve({ 'GET /stream': () => chunks() }, { responses: { 200: { contents: [BINARY] } } });
    const client = (await host.connect()).request('GET /api/todo/stream');
    await new Promise((resolve) => client.socket.once('data', resolve));
    const access = host.nextAccess();
    client.close();
    expect(await access).toMatchObject({ status: 499 });
    while (!isOver) await new Promise(setImmediate);
    expect(host.logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('that fails is cut off, and logged as an error', async () => {
    async function* chunks(): AsyncGenerator<string> {
      yield 'one';
      await new Promise(setImmediate);
      throw new TypeError('the source is broken');
    }
    serve({ 'GET /stream': () => chunks() }, { responses: { 200: { contents: [BINARY] } } });
    const client = (await host.connect()).request('GET /api/todo/stream');
    const received = await client.rest();
    expect(received).toContain('one');
    expect(received).not.toMatch(/0\r\n\r\n$/);
    expect(host.logger.lines).toContainEqual(expect.objectContaining({ level: 'error' }));
  });
});
