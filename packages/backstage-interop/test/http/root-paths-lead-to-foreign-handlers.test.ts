import { describe, expect, it } from '@jest/globals';
import { executionContext } from '@bulkhead/backend-plugin-api';
import { startTestBackend } from '@bulkhead/backend-test-utils';
import express from 'express';
import { foreignPlugin, openPlugin } from './foreign-plugin.ts';

describe('a handler that a plugin mounts at the root', () => {
  it('answers everybody below its path, as a handler for Express 4, on behalf of its plugin', async () => {
    const plugin = foreignPlugin('todo', ({ rootHttpRouter }) => {
      const router = express.Router();
      router.get('/:page', (req, res) => {
        const { baseUrl, url, originalUrl, query } = req;
        res.json({ baseUrl, url, originalUrl, query, plugin: executionContext.current()?.pluginId });
      });
      rootHttpRouter.use('/.well-known/todo', router);
      rootHttpRouter.use('/fails', async () => {
        await Promise.resolve();
        throw Object.assign(new Error('No'), { status: 409 });
      });
    });
    const { anonymous } = await startTestBackend({ features: [plugin] });
    expect((await anonymous.get('/.well-known/todo/a?x[y]=1')).body).toEqual({
      baseUrl: '/.well-known/todo',
      url: '/a?x[y]=1',
      originalUrl: '/.well-known/todo/a?x[y]=1',
      query: { x: { y: '1' } },
      plugin: 'todo',
    });
    expect((await anonymous.get('/fails')).status).toBe(409);
    expect((await anonymous.get('/.well-known/todo')).status).toBe(404);
    expect((await anonymous.get('/.well-known/todos')).status).toBe(404);
  });

  it('may not shadow another one', async () => {
    const plugin = foreignPlugin('todo', ({ rootHttpRouter }) => {
      rootHttpRouter.use('/pages', () => {});
      expect(() => rootHttpRouter.use('/pages/more', () => {})).toThrow(
        expect.objectContaining({ code: 'ERR_HTTP_ROOT_PATH' }),
      );
    });
    await startTestBackend({ features: [plugin] });
    expect.assertions(1);
  });
});

describe('the plugin with the front end', () => {
  const app = openPlugin('app', (req, res, next) => {
    if (req.path === '/static/missing.js') next();
    else res.type('html').send(`${req.method} ${req.baseUrl}|${req.url}`);
  });

  it('answers what nothing else answers', async () => {
    const other = foreignPlugin('todo', ({ rootHttpRouter }) => {
      rootHttpRouter.use('/pages', (req, res, next) => (req.url === '/' ? void res.send('docs') : next()));
    });
    const { anonymous } = await startTestBackend({ features: [app, other] });
    expect((await anonymous.get('/')).text).toBe('GET |/');
    expect((await anonymous.get('/catalog/some?x=1')).text).toBe('GET |/catalog/some?x=1');
    expect((await anonymous.post('/')).text).toBe('POST |/');
    expect((await anonymous.get('/pages')).text).toBe('docs');
    expect((await anonymous.get('/pages/deeper')).text).toBe('GET |/pages/deeper');
    expect((await anonymous.get('/api/app/x')).text).toBe('GET /api/app|/x');
  });

  it('may evaluate code, open windows, and be shown elsewhere, unless the configuration says something else', async () => {
    const first = await startTestBackend({ features: [app] });
    const { headers } = await first.anonymous.get('/');
    expect(headers['content-security-policy']).toContain("script-src 'self' 'unsafe-eval'");
    expect(headers['content-security-policy']).not.toContain('form-action');
    expect(headers).not.toHaveProperty('cross-origin-opener-policy');
    expect(headers).not.toHaveProperty('cross-origin-resource-policy');
    const csp = { 'script-src': ["'self'"], 'connect-src': ["'self'", 'https:'] };
    const cors = { origin: 'https://shop.test' };
    const second = await startTestBackend({ features: [app], config: { backend: { csp, cors } } });
    const strict = (await second.anonymous.get('/api/app').set('Origin', 'https://shop.test')).headers;
    expect(strict['content-security-policy']).toMatch(/script-src 'self';.*connect-src 'self' https:/);
    expect(strict).not.toHaveProperty('cross-origin-opener-policy');
    expect(strict).toMatchObject({ 'access-control-allow-origin': 'https://shop.test' });
    expect((await second.anonymous.get('/api/nobody')).headers).toHaveProperty('cross-origin-opener-policy');
  });

  it('comes before the pages of the host, but those below its own paths', async () => {
    const { anonymous } = await startTestBackend({ features: [app] });
    expect((await anonymous.get('/docs')).text).toBe('GET |/docs');
    const { anonymous: without } = await startTestBackend({ features: [] });
    expect((await without.get('/docs')).text).not.toContain('GET');
  });

  it('answers for no plugin, nor for the host', async () => {
    const { anonymous } = await startTestBackend({ features: [app] });
    for (const path of ['/api', '/api/', '/api/nobody', '/api/nobody/x', '/.bulkhead/nothing', '/.backstage/x']) {
      expect([path, (await anonymous.get(path)).status]).toEqual([path, 404]);
    }
    expect((await anonymous.get('/.backstage/health/v1/readiness')).body).toMatchObject({ status: 'ok' });
    expect((await anonymous.get('/static/missing.js')).body).toMatchObject({
      error: { code: 'ERR_HTTP_UNKNOWN_PATH' },
    });
  });

  it('demands credentials as below its mount', async () => {
    const closed = foreignPlugin('app', ({ httpRouter }) => {
      httpRouter.addAuthPolicy({ path: '/open', allow: 'unauthenticated' });
      httpRouter.use((_req, res) => void res.send('page'));
    });
    const { agent, anonymous } = await startTestBackend({ features: [closed] });
    expect((await anonymous.get('/open/x')).text).toBe('page');
    expect((await anonymous.get('/')).status).toBe(401);
    expect((await agent.get('/')).text).toBe('page');
  });
});
