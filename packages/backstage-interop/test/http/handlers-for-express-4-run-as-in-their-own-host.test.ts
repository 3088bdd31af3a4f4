import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { coreServices, createBackendModule } from '@bulkhead/backend-plugin-api';
import { startTestBackend } from '@bulkhead/backend-test-utils';
import express from 'express';
import { foreignPlugin, openPlugin } from './foreign-plugin.ts';

describe('a handler for Express 4', () => {
  it('sees a request below the mount of its plugin', async () => {
    const nested = express.Router({ mergeParams: true });
    nested.get('/:id', (req, res) => {
      const { url, baseUrl, originalUrl, params, query, path, protocol, hostname, ip } = req;
      res.json({ url, baseUrl, originalUrl, params, query, path, protocol, hostname, ip, secure: req.secure });
    });
    const router = express.Router();
    router.use('/items', nested);
    const { anonymous } = await startTestBackend({ features: [openPlugin('todo', router)] });
    const { body } = await anonymous.get('/api/todo/items/a%2Fb?x[y]=1&z=2').set('Host', 'example.com:80');
    expect(body).toEqual({
      url: '/a%2Fb?x[y]=1&z=2',
      baseUrl: '/api/todo/items',
      originalUrl: '/api/todo/items/a%2Fb?x[y]=1&z=2',
      params: { id: 'a/b' },
      query: { x: { y: '1' }, z: '2' },
      path: '/a%2Fb',
      protocol: 'http',
      hostname: 'example.com',
      ip: '127.0.0.1',
      secure: false,
    });
  });

  it('begins with a slash at the mount itself, and has an empty query', async () => {
    const { anonymous } = await startTestBackend({
      features: [
        openPlugin('todo', (req, res) => void res.json([req.url, req.baseUrl, req.query, Object.keys(res.locals)])),
      ],
    });
    expect((await anonymous.get('/api/todo')).body).toEqual(['/', '/api/todo', {}, []]);
    expect((await anonymous.get('/api/todo?a=b')).body).toEqual(['/?a=b', '/api/todo', { a: 'b' }, []]);
  });

  it('believes the proxies that the configuration names', async () => {
    const tell = openPlugin('todo', (req, res) => void res.json([req.ip, req.protocol, req.hostname]));
    const headers = { 'X-Forwarded-For': '203.0.113.7', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'shop.test' };
    const trusting = await startTestBackend({ features: [tell], config: { backend: { trustProxy: 'loopback' } } });
    expect((await trusting.anonymous.get('/api/todo').set(headers)).body).toEqual([
      '203.0.113.7',
      'https',
      'shop.test',
    ]);
    const wary = await startTestBackend({ features: [tell] });
    expect((await wary.anonymous.get('/api/todo').set(headers)).body).toEqual(['127.0.0.1', 'http', '127.0.0.1']);
  });

  it('answers with all that responses of Express 4 can do', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'express4-'));
    await writeFile(join(folder, 'page.html'), '<p>page</p>');
    const router = express.Router();
    router.get(
      '/json',
      (_req, res) => void res.status(201).cookie('a', 'b', { httpOnly: true }).json({ some: 'body' }),
    );
    router.get('/file', (_req, res) => void res.sendFile(join(folder, 'page.html')));
    router.get('/away', (_req, res) => void res.redirect('json'));
    router.get('/plain', (req, res) => void res.type('txt').send(req.get('X-Mine')));
    const { anonymous } = await startTestBackend({ features: [openPlugin('todo', router)] });
    const json = await anonymous.get('/api/todo/json');
    expect(json.status).toBe(201);
    expect(json.headers).toMatchObject({
      'set-cookie': ['a=b; Path=/; HttpOnly'],
      etag: expect.stringMatching(/^W\//),
    });
    expect(json.headers).not.toHaveProperty('x-powered-by');
    expect(json.headers).toMatchObject({ 'x-frame-options': 'SAMEORIGIN' });
    expect((await anonymous.get('/api/todo/file')).text).toBe('<p>page</p>');
    expect((await anonymous.get('/api/todo/away').redirects(0)).headers).toMatchObject({ location: 'json' });
    const plain = await anonymous.get('/api/todo/plain').set('X-Mine', 'value');
    expect(plain.text).toBe('value');
    const again = await anonymous
      .get('/api/todo/plain')
      .set({ 'X-Mine': 'value', 'If-None-Match': plain.headers.etag! });
    expect(again.status).toBe(304);
    await rm(folder, { recursive: true });
  });

  it('may be an application, a list, and one of several', async () => {
    const app = express();
    app.get('/app', (req, res) => void res.json([req.baseUrl, req.app === app]));
    const { anonymous } = await startTestBackend({
      features: [
        openPlugin(
          'todo',
          [
            (_req, res, next) => void (res.set('X-First', '1'), next()),
            (_req, res, next) => void (res.set('X-Second', '2'), next()),
          ],
          app,
          (_req, res) => void res.send('last'),
        ),
      ],
    });
    const { headers, body } = await anonymous.get('/api/todo/app');
    expect(body).toEqual(['/api/todo', true]);
    expect(headers).toMatchObject({ 'x-first': '1', 'x-second': '2' });
    expect((await anonymous.get('/api/todo/else')).text).toBe('last');
  });

  it('is asked in turn with native handlers of the same plugin', async () => {
    const module = createBackendModule({
      pluginId: 'todo',
      moduleId: 'native',
      register: (env) =>
        env.registerInit({
          deps: { router: coreServices.httpRouter },
          init: async ({ router }) =>
            router.use((req, res, next) => (req.path === '/native' ? void res.send('native') : next())),
        }),
    });
    const { anonymous } = await startTestBackend({
      features: [
        module,
        openPlugin('todo', (req, res, next) => (req.path === '/foreign' ? void res.send('foreign') : next())),
      ],
    });
    expect((await anonymous.get('/api/todo/native')).text).toBe('native');
    expect((await anonymous.get('/api/todo/foreign')).text).toBe('foreign');
    expect((await anonymous.get('/api/todo/neither')).status).toBe(404);
  });

  it('is behind the default policy, and can ask who calls', async () => {
    const plugin = foreignPlugin('todo', ({ httpRouter, httpAuth }) => {
      httpRouter.use(
        async (req, res) => void res.json((await httpAuth.credentials(req, { allow: ['user'] })).principal),
      );
    });
    const { agent, anonymous } = await startTestBackend({ features: [plugin] });
    expect((await agent.get('/api/todo')).body).toMatchObject({ type: 'user' });
    expect((await anonymous.get('/api/todo')).status).toBe(401);
  });

  it('is opened by policies as in its own host: a path without a slash in front opens nothing, and none all', async () => {
    const withPolicy = (pluginId: string, path: string) =>
      foreignPlugin(pluginId, ({ httpRouter }) => {
        httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
        httpRouter.use((_req, res) => void res.send('open'));
      });
    const features = [withPolicy('todo', 'health'), withPolicy('all', ''), withPolicy('star', '*')];
    const { anonymous } = await startTestBackend({ features });
    const statusOf = async (path: string) => (await anonymous.get(path)).status;
    expect(await statusOf('/api/todo/health')).toBe(401);
    expect(await statusOf('/api/all/health')).toBe(200);
    expect(await statusOf('/api/star/health')).toBe(200);
  });

  it('can have the cookie of its user set', async () => {
    const plugin = foreignPlugin('todo', ({ httpRouter, httpAuth }) => {
      httpRouter.use(async (_req, res) => {
        await httpAuth.issueUserCookie(res);
        res.json({ fine: true });
      });
    });
    const { agent } = await startTestBackend({ features: [plugin] });
    const { headers, body } = await agent.get('/api/todo');
    expect(body).toEqual({ fine: true });
    expect(headers['set-cookie']).toEqual([expect.stringMatching(/^backstage-auth=.+HttpOnly/)]);
  });
});

describe('the body of a request', () => {
  const size = 11 * 1024 * 1024;

  it('may be as large as the plugin takes it', async () => {
    const router = express.Router();
    router.post('/large', express.raw({ type: '*/*', limit: '20mb' }), (req, res) => {
      res.json((req.body as Buffer).length);
    });
    router.post('/small', express.json(), (_req, res) => void res.send('taken'));
    const { anonymous } = await startTestBackend({ features: [openPlugin('todo', router)] });
    const send = (path: string) => anonymous.post(path).type('application/octet-stream').send(Buffer.alloc(size));
    expect((await send('/api/todo/large')).body).toBe(size);
    const refused = await anonymous.post('/api/todo/small').send({ text: 'x'.repeat(200_000) });
    expect(refused.status).toBe(413);
    expect(refused.body).toMatchObject({ error: { name: 'PayloadTooLargeError' }, response: { statusCode: 413 } });
  });

  it('may not be larger than the configuration says', async () => {
    const plugin = openPlugin(
      'todo',
      express.raw({ type: '*/*', limit: '20mb' }),
      (_req, res) => void res.send('taken'),
    );
    for (const server of [{ bodyLimit: '1kb' }, { bodyLimit: '1mb', bodyLimits: { todo: '1kb' } }]) {
      const { anonymous } = await startTestBackend({ features: [plugin], config: { backend: { server } } });
      const { status, body } = await anonymous.post('/api/todo').type('text/plain').send('x'.repeat(2_000));
      expect(status).toBe(413);
      expect(body).toMatchObject({ error: { code: 'ERR_HTTP_BODY_TOO_LARGE' } });
    }
  });

  it('is told to be no JSON without being told', async () => {
    const { anonymous } = await startTestBackend({ features: [openPlugin('todo', express.json())] });
    const { status, text } = await anonymous.post('/api/todo').type('json').send('{"secret');
    expect(status).toBe(400);
    expect(text).toContain('The body is not valid JSON');
    expect(text).not.toContain('"body"');
  });
});
