import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import { startTestHost, TOKEN, type TestHost } from './test-host.ts';

const AUTHORIZED = { Authorization: `Bearer ${TOKEN}` };

let host: TestHost;
let reached: string[];

beforeEach(async () => {
  host = await startTestHost();
  reached = [];
  for (const pluginId of ['todo', 'other']) {
    host.addPlugin(pluginId).use((req, res) => {
      reached.push(`${pluginId} ${req.url}`);
      res.json({ url: req.url, baseUrl: req.baseUrl, originalUrl: req.originalUrl });
    });
  }
});

afterEach(() => host.stop());

describe('a malformed request target', () => {
  it.each([
    ['an encoded NUL in the path', '/api/todo/%00'],
    ['an encoded NUL in the query', '/api/todo/a?b=%00'],
    ['a percent sign without digits', '/api/todo/%zz'],
    ['a percent sign at the end', '/api/todo/100%'],
    ['encoded bytes that are not UTF-8', '/api/todo/%c0%af'],
    ['a dot segment', '/api/todo/../other'],
    ['a dot segment at the end', '/api/todo/..'],
    ['a single dot segment', '/api/todo/./x'],
    ['an encoded dot segment', '/api/todo/%2e%2E/other'],
    ['a half encoded dot segment', '/api/todo/.%2e/other'],
    ['a dot segment behind an encoded slash', '/api/todo/a%2f..%2fother'],
    ['a dot segment behind an encoded backslash', '/api/todo/a%5c..%5cother'],
    ['a backslash', '/api/todo\\..\\other'],
    ['a fragment', '/api/todo/a#b'],
    ['a character that is not ASCII', '/api/todo/\u00e9'],
    ['dot segments before the mount', '/x/../api/todo'],
    ['no slash in front', 'api/todo'],
  ])('with %s is answered 400 and reaches no plugin', async (_what, target) => {
    const client = await host.connect();
    const response = await client.request(`GET ${target}`, AUTHORIZED).errorResponse();
    expect(response).toMatchObject({ status: 400, error: { name: 'InputError' } });
    expect(['ERR_HTTP_MALFORMED_TARGET', 'ERR_HTTP_MALFORMED_REQUEST']).toContain(response.error.code);
    expect(response.response).toEqual({ statusCode: 400 });
    expect(response.requestId).toBe(response.headers['x-request-id']);
    expect(reached).toEqual([]);
  });

  it('with an encoded slash after the mount reaches no other plugin, and keeps the slash encoded', async () => {
    const client = await host.connect();
    expect(await client.request('GET /api/todo%2fx', AUTHORIZED).errorResponse()).toMatchObject({
      status: 404,
      error: { code: 'ERR_HTTP_UNKNOWN_PLUGIN' },
    });
    expect(await client.request('GET /api/%74odo', AUTHORIZED).errorResponse()).toMatchObject({ status: 404 });
    expect(JSON.parse((await client.request('GET /api/todo/a%2Fb', AUTHORIZED).response()).text)).toEqual({
      url: '/a%2Fb',
      baseUrl: '/api/todo',
      originalUrl: '/api/todo/a%2Fb',
    });
  });

  it('in absolute form is routed by its path', async () => {
    const client = await host.connect();
    expect(await client.request('GET http://elsewhere:1/api/todo/x?y=1', AUTHORIZED).response()).toMatchObject({
      status: 200,
    });
    expect(await client.request('GET http://elsewhere', AUTHORIZED).errorResponse()).toMatchObject({ status: 404 });
    expect(reached).toEqual(['todo /x?y=1']);
  });
});

describe('a request that is not HTTP', () => {
  it.each([
    ['garbage', 'no http at all\r\n\r\n'],
    ['an unknown method', 'FETCH /api/todo HTTP/1.1\r\nHost: test\r\n\r\n'],
    ['a header without a name', 'GET /api/todo HTTP/1.1\r\nHost: test\r\n: x\r\n\r\n'],
    [
      'Content-Length beside Transfer-Encoding',
      'POST /api/todo HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['two lengths', 'POST /api/todo HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd'],
    ['no Host header', 'GET /api/todo HTTP/1.1\r\n\r\n'],
    ['two Host headers', 'GET /api/todo HTTP/1.1\r\nHost: test\r\nHost: other\r\n\r\n'],
    ['a Host header that names no host', 'GET /api/todo HTTP/1.1\r\nHost: user@test/path\r\n\r\n'],
  ])('(%s) is answered 400 and ends the connection', async (_what, text) => {
    const client = await host.connect();
    const response = await client.write(text).errorResponse();
    expect(response).toMatchObject({
      status: 400,
      headers: { connection: 'close', 'x-content-type-options': 'nosniff' },
      error: { code: 'ERR_HTTP_MALFORMED_REQUEST' },
    });
    expect(response.headers['x-request-id']).toBe(response.requestId);
    await client.rest();
    expect(reached).toEqual([]);
  });

  it('does not come before the answer to a good request that went ahead of it', async () => {
    let answer: (() => void) | undefined;
    host.addPlugin('slow').use((_req, res) => {
      answer = () => res.json({ slow: true });
    });
    const client = await host.connect();
    client.request('GET /api/slow', AUTHORIZED).write('garbage\r\n\r\n');
    // The parser has given up once a request on another connection is answered that was sent later.
    await (await host.connect()).request('GET /api/todo', AUTHORIZED).response();
    answer?.();
    expect(await client.response()).toMatchObject({ status: 200, text: '{"slow":true}' });
    expect(await client.rest()).toBe('');
  });

  it('to open a tunnel is answered 405, and the connection ends', async () => {
    const client = await host.connect();
    client.request('CONNECT elsewhere:443', AUTHORIZED);
    expect(await client.errorResponse()).toMatchObject({
      status: 405,
      headers: { allow: '', connection: 'close' },
      error: { code: 'ERR_HTTP_WRONG_METHOD', message: 'elsewhere:443 does not take CONNECT' },
    });
    expect(await client.rest()).toBe('');
    expect(host.accessLog).toMatchObject([{ method: 'CONNECT', url: 'elsewhere:443', status: 405 }]);
  });

  it('with credentials of two callers has those of neither', async () => {
    const client = await host.connect();
    client.write(
      `GET /api/todo HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ${TOKEN}\r\nAuthorization: Bearer other\r\n\r\n`,
    );
    expect(await client.errorResponse()).toMatchObject({ status: 401 });
    expect(reached).toEqual([]);
  });

  it('with too many header bytes is answered 431', async () => {
    const client = await host.connect();
    client.request('GET /api/todo', { ...AUTHORIZED, 'X-Flood': 'x'.repeat(20_000) });
    expect(await client.errorResponse()).toMatchObject({ status: 431, error: { code: 'ERR_HTTP_HEADERS_TOO_LARGE' } });
    await client.rest();
    expect(reached).toEqual([]);
  });

  it('with too many header lines is answered 431', async () => {
    const client = await host.connect();
    const flood = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`X-${index}`, '1']));
    expect(await client.request('GET /api/todo', { ...AUTHORIZED, ...flood }).errorResponse()).toMatchObject({
      status: 431,
      error: { code: 'ERR_HTTP_HEADERS_TOO_LARGE' },
    });
    expect(reached).toEqual([]);
  });

  it('with an expectation that is not known is answered 417', async () => {
    const client = await host.connect();
    client.request('POST /api/todo', { ...AUTHORIZED, Expect: '200-ok' });
    expect(await client.errorResponse()).toMatchObject({ status: 417, error: { code: 'ERR_HTTP_EXPECTATION' } });
  });
});

describe('a body', () => {
  beforeEach(() => {
    const router = express.Router();
    router.post('/json', express.json(), (req, res) => void res.json({ got: req.body as unknown }));
    host.addPlugin('body').use(router);
  });

  it('that is malformed JSON is answered 400', async () => {
    const client = await host.connect();
    const headers = { ...AUTHORIZED, 'Content-Type': 'application/json', 'Content-Length': '8' };
    expect(await client.request('POST /api/body/json', headers, '{"a": oh').errorResponse()).toMatchObject({
      status: 400,
      error: {
        name: 'InputError',
        code: 'ERR_HTTP_INPUT',
        message: expect.stringMatching(/^The body is not valid JSON: /),
      },
      request: { method: 'POST', url: '/api/body/json' },
    });
    const [line] = host.logger.lines;
    expect(line).toMatchObject({ level: 'debug', meta: { name: 'InputError' } });
    expect(Object.values(line?.meta ?? {})).not.toContain('{"a": oh');
  });

  it('in an unknown encoding is answered 415', async () => {
    const client = await host.connect();
    const headers = {
      ...AUTHORIZED,
      'Content-Type': 'application/json',
      'Content-Encoding': 'rot13',
      'Content-Length': '2',
    };
    expect(await client.request('POST /api/body/json', headers, '{}').errorResponse()).toMatchObject({
      status: 415,
      error: { code: 'ERR_HTTP_UNSUPPORTED_MEDIA_TYPE' },
    });
  });
});
