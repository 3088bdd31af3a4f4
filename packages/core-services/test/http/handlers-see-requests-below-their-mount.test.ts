import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { executionContext } from '@bulkhead/backend-plugin-api';
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

async function get(path: string): Promise<RawResponse> {
  const client = await host.connect();
  return client.request(`GET ${path}`, AUTHORIZED).response();
}

describe('what a handler sees', () => {
  it('is an Express request below the mount of the plugin', async () => {
    const nested = express.Router({ mergeParams: true });
    nested.get('/:id', (req, res) => {
      const { url, baseUrl, originalUrl, params, query, protocol, path } = req;
      res.status(201).json({ url, baseUrl, originalUrl, params, query, protocol, path, host: req.get('host') });
    });
    router.use('/items', nested);
    const { status, text, headers } = await get('/api/todo/items/a%2Fb?q=1');
    expect(status).toBe(201);
    expect(JSON.parse(text)).toEqual({
      url: '/a%2Fb?q=1',
      baseUrl: '/api/todo/items',
      originalUrl: '/api/todo/items/a%2Fb?q=1',
      params: { id: 'a/b' },
      query: { q: '1' },
      protocol: 'http',
      path: '/a%2Fb',
      host: 'test',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'self'"),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
    });
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  it('begins with a slash also at the mount itself', async () => {
    router.get('/', (req, res) => void res.json([req.url, req.baseUrl]));
    expect(JSON.parse((await get('/api/todo')).text)).toEqual(['/', '/api/todo']);
    expect(JSON.parse((await get('/api/todo?a=/b')).text)).toEqual(['/?a=/b', '/api/todo']);
    expect(JSON.parse((await get('/api/todo/')).text)).toEqual(['/', '/api/todo']);
  });

  it('runs in the execution context of the plugin and the request', async () => {
    router.post('/context', express.json(), async (_req, res) => {
      await Promise.resolve();
      res.json(executionContext.current());
    });
    const client = await host.connect();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const headers = { ...AUTHORIZED, 'X-Request-Id': 'mine-1', Traceparent: traceparent };
    const json = { 'Content-Type': 'application/json', 'Content-Length': '2' };
    expect(
      JSON.parse((await client.request('POST /api/todo/context', { ...headers, ...json }, '{}').response()).text),
    ).toEqual({
      pluginId: 'todo',
      requestId: 'mine-1',
      traceparent,
    });
    const invalid = { ...AUTHORIZED, ...json, 'X-Request-Id': 'not sane', Traceparent: '00-0-0-0' };
    const { headers: sent, text } = await client.request('POST /api/todo/context', invalid, '{}').response();
    expect(JSON.parse(text)).toEqual({ pluginId: 'todo', requestId: sent['x-request-id'] });
    expect(sent['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});
