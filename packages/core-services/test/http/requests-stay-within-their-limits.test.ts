import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import { startTestHost, TOKEN, type TestHost } from './test-host.ts';

const AUTHORIZED = { Authorization: `Bearer ${TOKEN}` };

let host: TestHost;

afterEach(() => host.stop());

describe('a request that is too slow', () => {
  async function start(headersTimeout: string, requestTimeout: string): Promise<void> {
    host = await startTestHost({ config: { backend: { server: { headersTimeout, requestTimeout } } } });
  }

  it('with its headers is answered 408', async () => {
    await start('60ms', '120ms');
    const client = await host.connect();
    client.write('GET /api/todo HTTP/1.1\r\nHost: te');
    expect(await client.errorResponse()).toMatchObject({
      status: 408,
      headers: { connection: 'close' },
      error: { name: 'RequestTimeoutError', code: 'ERR_HTTP_REQUEST_TOO_SLOW' },
    });
    await client.rest();
    expect(host.accessLog).toMatchObject([{ method: '-', status: 408 }]);
  });

  it('to say anything at all is answered 408', async () => {
    await start('60ms', '120ms');
    const client = await host.connect();
    expect(await client.errorResponse()).toMatchObject({ status: 408, error: { code: 'ERR_HTTP_REQUEST_TOO_SLOW' } });
  });

  it('with its body is answered 408, and the handler learns of it', async () => {
    // Long enough for the head, on a busy machine, too.
    await start('1s', '1s');
    const failures: unknown[] = [];
    const router = express.Router();
    router.use(express.json());
    router.use((error: unknown, _req: unknown, _res: unknown, next: (error: unknown) => void) => {
      failures.push(error);
      next(error);
    });
    host.addPlugin('todo').use(router);
    const client = await host.connect();
    client.request(
      'POST /api/todo',
      { ...AUTHORIZED, 'Content-Type': 'application/json', 'Content-Length': '10' },
      '{',
    );
    expect(await client.errorResponse()).toMatchObject({
      status: 408,
      error: { code: 'ERR_HTTP_REQUEST_TOO_SLOW' },
      request: { method: 'POST', url: '/api/todo' },
    });
    expect(await client.rest()).toBe('');
    expect(host.accessLog).toMatchObject([{ method: 'POST', url: '/api/todo', status: 408, pluginId: 'todo' }]);
    expect(failures).toMatchObject([{ code: 'ERR_HTTP_REQUEST_TOO_SLOW' }]);
  });
});

describe('a body over the limit', () => {
  beforeEach(async () => {
    host = await startTestHost({
      config: { backend: { server: { bodyLimit: 1000, bodyLimits: { uploads: '2kb' } } } },
    });
    for (const pluginId of ['todo', 'uploads']) {
      host.addPlugin(pluginId).use(async (req, res) => {
        let length = 0;
        for await (const chunk of req) {
          length += (chunk as Buffer).length;
        }
        res.json({ length });
      });
    }
  });

  it('by its declared length is answered 413 before it is read', async () => {
    const client = await host.connect();
    client.request('POST /api/todo', { ...AUTHORIZED, 'Content-Length': '1001' });
    expect(await client.errorResponse()).toMatchObject({
      status: 413,
      error: { name: 'PayloadTooLargeError', code: 'ERR_HTTP_BODY_TOO_LARGE' },
    });
  });

  it('leaves the connection usable when it has come in after all', async () => {
    const client = await host.connect();
    client.request('POST /api/todo', { ...AUTHORIZED, 'Content-Length': '5000' }, 'x'.repeat(5000));
    client.request('GET /api/todo', AUTHORIZED);
    expect(await client.response()).toMatchObject({ status: 413 });
    expect(await client.response()).toMatchObject({ status: 200, text: '{"length":0}' });
  });

  it('that comes in after the answer leaves nothing behind on the connection', async () => {
    const listeners: number[] = [];
    host.addPlugin('probe').use((req, res) => {
      listeners.push(req.socket.listenerCount('close'));
      res.json({});
    });
    const client = await host.connect();
    await client.request('GET /api/probe', AUTHORIZED).response();
    for (let count = 0; count < 3; count += 1) {
      client.request('POST /api/todo', { 'Content-Length': '10' }, 'x');
      expect(await client.response()).toMatchObject({ status: 401 });
      client.write('x'.repeat(9));
    }
    await client.request('GET /api/probe', AUTHORIZED).response();
    expect(listeners[1]).toBe(listeners[0]);
  });

  it('in chunks is answered 413 as soon as there is too much, and the handler does not take the part for the whole', async () => {
    const client = await host.connect();
    client.request('POST /api/todo', { ...AUTHORIZED, 'Transfer-Encoding': 'chunked' });
    client.write(`258\r\n${'x'.repeat(600)}\r\n`).write(`258\r\n${'x'.repeat(600)}\r\n`);
    expect(await client.errorResponse()).toMatchObject({ status: 413, error: { code: 'ERR_HTTP_BODY_TOO_LARGE' } });
    client.write('0\r\n\r\n').request('GET /api/todo', AUTHORIZED);
    expect(await client.response()).toMatchObject({ status: 200, text: '{"length":0}' });
    expect(host.logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('in chunks up to the limit is taken', async () => {
    const client = await host.connect();
    client.request('POST /api/todo', { ...AUTHORIZED, 'Transfer-Encoding': 'chunked' });
    client.write(`3e8\r\n${'x'.repeat(1000)}\r\n0\r\n\r\n`);
    expect(await client.response()).toMatchObject({ status: 200, text: '{"length":1000}' });
  });

  it('is one thing for one plugin and another for the next', async () => {
    const client = await host.connect();
    client.request('POST /api/uploads', { ...AUTHORIZED, 'Content-Length': '2048' }, 'x'.repeat(2048));
    expect(await client.response()).toMatchObject({ status: 200, text: '{"length":2048}' });
  });

  it('is not asked for with 100-continue, and the connection ends', async () => {
    const client = await host.connect();
    client.request('POST /api/todo', { ...AUTHORIZED, 'Content-Length': '5000', Expect: '100-continue' });
    expect(await client.errorResponse()).toMatchObject({ status: 413, headers: { connection: 'close' } });
    expect(await client.rest()).toBe('');
  });

  it('over the limit of the parser of a plugin is answered 413, too', async () => {
    host.addPlugin('strict').use(express.json({ limit: 10 }));
    const client = await host.connect();
    const headers = { ...AUTHORIZED, 'Content-Type': 'application/json', 'Content-Length': '20' };
    expect(await client.request('POST /api/strict', headers, '"012345678901234567"').errorResponse()).toMatchObject({
      status: 413,
      error: { code: 'ERR_HTTP_PAYLOAD_TOO_LARGE' },
    });
    // The rest of the body is out of the way.
    expect(await client.request('GET /api/todo', AUTHORIZED).response()).toMatchObject({ status: 200 });
  });
});

describe('a body that is asked for', () => {
  it('comes after the 100-continue', async () => {
    host = await startTestHost();
    const router = express.Router().use(express.text(), (req, res) => void res.json(req.body));
    host.addPlugin('todo').use(router);
    const client = await host.connect();
    const headers = { ...AUTHORIZED, 'Content-Type': 'text/plain', 'Content-Length': '2', Expect: '100-continue' };
    client.request('POST /api/todo', headers);
    await once(client.socket, 'data');
    client.write('hi');
    expect(await client.response()).toMatchObject({ status: 200, text: '"hi"' });
  });

  it('does not come from somebody without credentials', async () => {
    host = await startTestHost();
    const router = express.Router().use(express.text(), (req, res) => void res.json(req.body));
    host.addPlugin('todo').use(router);
    const client = await host.connect();
    client.request('POST /api/todo', { 'Content-Length': '2', Expect: '100-continue' });
    expect(await client.errorResponse()).toMatchObject({ status: 401, headers: { connection: 'close' } });
  });
});

describe('a connection', () => {
  it('is closed after the configured number of requests', async () => {
    host = await startTestHost({ config: { backend: { server: { maxRequestsPerSocket: 2 } } } });
    const client = await host.connect();
    expect(await client.request('GET /x').response()).toMatchObject({ headers: { connection: 'keep-alive' } });
    expect(await client.request('GET /x').response()).toMatchObject({ headers: { connection: 'close' } });
  });

  it('carries pipelined requests, answered in their order', async () => {
    host = await startTestHost();
    const answers: (() => void)[] = [];
    host.addPlugin('todo').use((req, res) => {
      answers.push(() => void res.send(req.url));
      if (answers.length === 3) {
        answers.reverse().forEach((answer) => answer());
      }
    });
    const client = await host.connect();
    client.request('GET /api/todo/1', AUTHORIZED);
    client.request('GET /api/todo/2', AUTHORIZED);
    client.request('GET /api/todo/3', AUTHORIZED);
    const texts = [await client.response(), await client.response(), await client.response()].map(({ text }) => text);
    expect(texts).toEqual(['/1', '/2', '/3']);
  });
});
