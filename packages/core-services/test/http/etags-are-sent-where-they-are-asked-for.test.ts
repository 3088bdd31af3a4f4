import { afterEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@bulkhead/types';
import express, { type Handler } from 'express';
import { startTestHost, TOKEN, type TestHost } from './test-host.ts';
import type { RawResponse } from './raw-client.ts';

let host: TestHost;

afterEach(() => host.stop());

async function start(handler: Handler, backend: JsonObject = {}): Promise<void> {
  host = await startTestHost({ config: { backend } });
  host.addPlugin('todo').use(handler);
}

async function get(headers: Readonly<Record<string, string>> = {}): Promise<RawResponse> {
  const client = await host.connect();
  return client.request('GET /api/todo/x', { Authorization: `Bearer ${TOKEN}`, ...headers }).response();
}

function routed(handler: Handler): Handler {
  return express.Router().get('/x', handler);
}

const toJson = routed((_req, res) => void res.json({ a: 1 }));

describe('an Express route', () => {
  it('sends no ETag unless asked to, since each costs a hash of the body', async () => {
    await start(toJson);
    const { status, headers, text } = await get();
    expect([status, text]).toEqual([200, '{"a":1}']);
    expect(headers).not.toHaveProperty('etag');
    expect(headers).toMatchObject({ 'content-length': '7', 'content-type': 'application/json; charset=utf-8' });
  });

  it.each([
    ['weak', /^W\/".+"$/],
    ['strong', /^".+"$/],
  ])('sends a %s one where the configuration says so, and 304 to who has it', async (etag, form) => {
    await start(toJson, { server: { etag } });
    const tag = (await get()).headers.etag as string;
    expect(tag).toMatch(form);
    expect(await get({ 'If-None-Match': tag })).toMatchObject({ status: 304, text: '' });
  });

  it('may send one of its own, which is compared', async () => {
    await start(routed((_req, res) => void res.set('ETag', '"v1"').json({ a: 1 })));
    expect((await get()).headers).toMatchObject({ etag: '"v1"' });
    expect(await get({ 'If-None-Match': '"v1"' })).toMatchObject({ status: 304, text: '' });
    expect(await get({ 'If-None-Match': '"v0"' })).toMatchObject({ status: 200, text: '{"a":1}' });
  });

  it('is in an application with settings of its own where the plugin brings one', async () => {
    const app = express();
    app.use(toJson);
    await start(app);
    expect((await get()).headers.etag).toMatch(/^W\//);
  });
});

describe('a plugin with a single router', () => {
  it('has an application all the same', async () => {
    const router = express.Router();
    router.get('/x', (req, res) => {
      res.locals.here = req.app === res.app && req.res === res && res.req === req;
      req.app.set('json spaces', 1);
      res.json({ here: res.locals.here as boolean, url: [req.baseUrl, req.url, req.originalUrl, req.path] });
    });
    await start(router);
    expect((await get()).text).toBe(
      JSON.stringify({ here: true, url: ['/api/todo', '/x', '/api/todo/x', '/x'] }, undefined, 1),
    );
  });

  it('may add to the application while it runs', async () => {
    const router = express.Router();
    router.get('/x', (req, _res, next) => {
      if (req.app.router.stack.length === 1) req.app.use((_req, res) => void res.send('added'));
      next();
    });
    await start(router);
    await get();
    expect((await get()).text).toBe('added');
  });
});
