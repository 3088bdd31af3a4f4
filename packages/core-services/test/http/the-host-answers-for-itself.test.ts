import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@bulkhead/types';
import express from 'express';
import { DefaultRootHttpRouterService } from '../../src/root-http-router/index.ts';
import type { RawResponse } from './raw-client.ts';
import { startTestHost, TOKEN, type TestHost } from './test-host.ts';

let host: TestHost;

beforeEach(async () => {
  host = await startTestHost();
});

afterEach(() => host.stop());

async function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<RawResponse> {
  return (await host.connect()).request(`${method} ${path}`, headers).response();
}

async function restart(backend: JsonObject): Promise<void> {
  await host.stop();
  host = await startTestHost({ config: { backend } });
}

describe('health', () => {
  it.each(['/.bulkhead/health', '/.backstage/health/v1'])('is told to everybody at %s', async (base) => {
    expect(await get(`${base}/liveness`)).toMatchObject({ status: 200, text: '{"status":"ok"}' });
    expect(await get(`${base}/readiness?probe=1`)).toMatchObject({ status: 200, text: '{"status":"ok"}' });
    host.host.setPhase('starting');
    expect(await get(`${base}/readiness`)).toMatchObject({ status: 503, headers: { 'cache-control': 'no-store' } });
    expect(await get(`${base}/liveness`)).toMatchObject({ status: 200 });
  });

  it('is told with the headers of the configuration', async () => {
    await restart({ health: { headers: { 'X-Service': 'bulkhead', 'cache-control': 'no-cache' } } });
    for (const path of ['/.backstage/health/v1/liveness', '/.bulkhead/health/readiness']) {
      const { headers } = await get(path);
      expect(headers).toMatchObject({ 'x-service': 'bulkhead', 'cache-control': 'no-cache' });
    }
    expect((await get('/.bulkhead/plugins')).headers).not.toHaveProperty('x-service');
  });

  it.each([{ 'not a name': 'x' }, { 'x-service': 'a\r\nb' }, { 'x-service': '' }])(
    'refuses headers that cannot be sent: %j',
    async (headers) => {
      await expect(restart({ health: { headers } })).rejects.toMatchObject({
        code: expect.stringMatching(/^ERR_CONFIG_(VALUE|TYPE|KEY)$/),
      });
      host = await startTestHost();
    },
  );

  it('is not changed by POST', async () => {
    expect(await get('/.bulkhead/health/liveness', {}, 'POST')).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
    });
  });
});

describe('the account of the plugins', () => {
  const headers = { Authorization: `Bearer ${TOKEN}` };

  it('needs credentials without restrictions', async () => {
    await restart({
      auth: {
        externalAccess: [
          {
            type: 'static',
            options: { token: 'restricted', subject: 'restricted' },
            accessRestrictions: [{ plugin: 'todo' }],
          },
        ],
      },
    });
    expect(await get('/.bulkhead/plugins')).toMatchObject({ status: 401 });
    expect(await get('/.bulkhead/plugins', { Authorization: 'Bearer unknown' })).toMatchObject({ status: 401 });
    expect(await get('/.bulkhead/plugins', { Authorization: 'Bearer restricted' })).toMatchObject({ status: 403 });
  });

  it('lists their phases and why they failed', async () => {
    host.host.set('todo', 'ready');
    host.host.set('digest', 'failed', Object.assign(new Error('no'), { code: 'ERR_NO' }));
    expect(JSON.parse((await get('/.bulkhead/plugins', headers)).text)).toEqual({
      phase: 'ready',
      plugins: [
        { pluginId: 'todo', phase: 'ready', faultCount: 0, faults: [] },
        {
          pluginId: 'digest',
          phase: 'failed',
          failure: { name: 'Error', message: 'no', code: 'ERR_NO' },
          faultCount: 0,
          faults: [],
        },
      ],
    });
  });

  it('has the startup report once there is one', async () => {
    const early = await get('/.bulkhead/startup', headers);
    expect(early.status).toBe(503);
    expect(JSON.parse(early.text)).toMatchObject({ error: { code: 'ERR_HTTP_STILL_STARTING' } });
    const at = new Date(0);
    const failure = { error: new Error('no'), allowed: true };
    host.host.report = {
      beginAt: at,
      resultAt: at,
      outcome: 'success',
      plugins: [{ pluginId: 'todo', resultAt: at, failure, modules: [{ moduleId: 'audit', resultAt: at, failure }] }],
      steps: [
        { type: 'plugin', id: 'todo', startedAt: 1, duration: 2, waitedFor: ['core.database'], outcome: 'failure' },
      ],
    };
    const described = { failure: { name: 'Error', message: 'no' }, allowed: true };
    expect(JSON.parse((await get('/.bulkhead/startup', headers)).text)).toEqual({
      beginAt: '1970-01-01T00:00:00.000Z',
      resultAt: '1970-01-01T00:00:00.000Z',
      outcome: 'success',
      plugins: [
        {
          pluginId: 'todo',
          resultAt: '1970-01-01T00:00:00.000Z',
          ...described,
          modules: [{ moduleId: 'audit', resultAt: '1970-01-01T00:00:00.000Z', ...described }],
        },
      ],
      steps: [
        { type: 'plugin', id: 'todo', startedAt: 1, duration: 2, waitedFor: ['core.database'], outcome: 'failure' },
      ],
    });
  });
});

describe('the root router', () => {
  it('serves what is mounted below its path, without credentials', async () => {
    const router = new DefaultRootHttpRouterService(host.server);
    const docs = express.Router();
    docs.post('/echo', express.json(), (req, res) => void res.json([req.baseUrl, req.url, req.body]));
    router.use('/docs', docs);
    router.use('/.well-known/thing', (_req, res) => void res.send('thing'));
    const body = { 'Content-Type': 'application/json', 'Content-Length': '2' };
    const client = await host.connect();
    expect(await client.request('POST /docs/echo?x=1', body, '[]').response()).toMatchObject({
      status: 200,
      text: '["/docs","/echo?x=1",[]]',
    });
    expect(await get('/.well-known/thing')).toMatchObject({ status: 200, text: 'thing' });
    expect(await get('/docs/nowhere')).toMatchObject({ status: 404 });
    expect(await get('/docsy')).toMatchObject({ status: 404 });
  });

  it.each([
    '',
    '/',
    'docs',
    '/docs',
    '/docs/',
    '/docs/more',
    '/',
    '/api',
    '/api/todo',
    '/.bulkhead/x',
    '/a/:b',
    '/a//b',
  ])('refuses to mount %j beside /docs', (path) => {
    const router = new DefaultRootHttpRouterService(host.server);
    router.use('/docs', (_req, res) => void res.send('docs'));
    expect(() => router.use(path, () => undefined)).toThrow(expect.objectContaining({ code: 'ERR_HTTP_ROOT_PATH' }));
  });

  it('mounts one router per plugin', () => {
    host.addPlugin('todo');
    expect(() => host.addPlugin('todo')).toThrow(expect.objectContaining({ code: 'ERR_HTTP_MOUNTED_TWICE' }));
  });
});

describe('requests from other origins', () => {
  const PREFLIGHT = { Origin: 'https://app.example.com', 'Access-Control-Request-Method': 'GET' };

  it('are not allowed until that is configured', async () => {
    host.addPlugin('todo');
    const response = await get('/api/todo', PREFLIGHT, 'OPTIONS');
    expect(response.status).toBe(401);
    expect(response.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('are allowed as configured, and preflight needs no credentials', async () => {
    await restart({
      cors: { origin: ['https://*.example.com', 'http://localhost:*'], methods: 'GET', credentials: true, maxAge: 60 },
    });
    host.addPlugin('todo').use((_req, res) => void res.send('ok'));
    expect(await get('/api/todo', PREFLIGHT, 'OPTIONS')).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': 'https://app.example.com',
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': 'GET',
        'access-control-max-age': '60',
      },
    });
    const headers = { Authorization: `Bearer ${TOKEN}` };
    expect((await get('/api/todo', { ...headers, Origin: 'http://localhost:3000' })).headers).toMatchObject({
      'access-control-allow-origin': 'http://localhost:3000',
    });
    for (const origin of ['https://example.org', 'https://evil.com/.example.com', 'https://app.example.com.evil.org']) {
      const { headers: answer } = await get('/api/todo', { ...headers, Origin: origin });
      expect(answer).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('may send what they ask for where only their origin is configured', async () => {
    await restart({ cors: { origin: 'https://app.example.com' } });
    const asked = { ...PREFLIGHT, 'Access-Control-Request-Headers': 'authorization,x-request-timeout-ms' };
    expect(await get('/api/todo', asked, 'OPTIONS')).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
        'access-control-allow-headers': 'authorization,x-request-timeout-ms',
      },
    });
  });
});

describe('security headers', () => {
  it('follow the configuration', async () => {
    await restart({
      baseUrl: 'https://host.example.com',
      csp: { 'img-src': ["'self'", 'data:'], 'object-src': false },
      referrer: ['same-origin'],
    });
    const { headers } = await get('/x');
    expect(headers).toMatchObject({
      'strict-transport-security': expect.any(String),
      'referrer-policy': 'same-origin',
    });
    expect(headers['content-security-policy']).toContain("img-src 'self' data:");
    expect(headers['content-security-policy']).toContain('upgrade-insecure-requests');
    expect(headers['content-security-policy']).not.toContain('object-src');
  });

  it('can leave out the content security policy', async () => {
    await restart({ csp: false });
    expect((await get('/x')).headers).not.toHaveProperty('content-security-policy');
  });
});

describe('proxies', () => {
  it('are believed only when they are named', async () => {
    const forwarded = { Authorization: `Bearer ${TOKEN}`, 'X-Forwarded-For': '203.0.113.7' };
    host.addPlugin('todo').use((req, res) => void res.send(req.ip));
    expect(await get('/api/todo', forwarded)).toMatchObject({ text: '127.0.0.1' });
    await restart({ trustProxy: 'loopback' });
    host.addPlugin('todo').use((req, res) => void res.send(req.ip));
    expect(await get('/api/todo', forwarded)).toMatchObject({ text: '203.0.113.7' });
  });
});
