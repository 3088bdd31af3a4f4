import { describe, expect, it } from '@jest/globals';
import { coreServices, createBackendPlugin, type PluginFeature } from '@bulkhead/backend-plugin-api';
import { mockCredentials, startTestBackend } from '@bulkhead/backend-test-utils';
import type { Handler } from 'express';

type Setup = (http: { use(handler: Handler): void; open(path: string): void }, ownUrl: string) => unknown;

function pluginOf(pluginId: string, setUp: Setup): PluginFeature {
  return createBackendPlugin({
    pluginId,
    register(env) {
      env.registerInit({
        deps: { http: coreServices.httpRouter, discovery: coreServices.discovery },
        async init({ http, discovery }) {
          const open = (path: string): void => http.addAuthPolicy({ path, allow: 'unauthenticated' });
          await setUp({ use: (handler) => http.use(handler), open }, await discovery.getBaseUrl(pluginId));
        },
      });
    },
  });
}

const fine = pluginOf('fine', (http) => http.use((_req, res) => void res.send('fine')));

describe('a host', () => {
  it('is found by its plugins at the port that the system chose', async () => {
    let found: string | undefined;
    const { url } = await startTestBackend({ features: [pluginOf('todo', (_http, ownUrl) => (found = ownUrl))] });
    expect(found).toBe(`${url}/api/todo`);
  });

  it('answers requests that came while it started', async () => {
    let answer: Promise<Response> | undefined;
    const early = pluginOf('early', (http, ownUrl) => {
      http.use((_req, res) => void res.send('here'));
      http.open('/');
      answer = fetch(`${ownUrl}/hello`);
    });
    await startTestBackend({ features: [early] });
    expect(await (await answer!).text()).toBe('here');
  });

  it('answers for a plugin that it does without', async () => {
    const broken = pluginOf('broken', () => {
      throw Object.assign(new TypeError('something private'), { code: 'ERR_OF_THE_PLUGIN' });
    });
    const { agent, anonymous, as } = await startTestBackend({
      features: [fine, broken],
      config: { backend: { startup: { plugins: { broken: { onPluginBootFailure: 'continue' } } } } },
    });
    const { body, text } = await agent.get('/api/broken/x').expect(503);
    expect(body.error.code).toBe('ERR_HTTP_PLUGIN_FAILED');
    expect(text).not.toContain('private');
    await agent.get('/api/fine').expect(200);
    await anonymous.get('/.bulkhead/health/readiness').expect(200, { status: 'ok', failedPlugins: 1 });
    const service = as(mockCredentials.service());
    const plugins = await service.get('/.bulkhead/plugins').expect(200);
    expect(plugins.body.plugins).toMatchObject([{ phase: 'ready' }, { phase: 'failed' }]);
    const startup = await service.get('/.bulkhead/startup').expect(200);
    expect(startup.body.steps).not.toHaveLength(0);
  });

  it('logs one line for each request, with the plugin and the id of the request', async () => {
    const { agent, logs } = await startTestBackend({ features: [fine] });
    await agent.get('/api/fine/x?token=secret').set('x-request-id', 'the-id').expect('x-request-id', 'the-id');
    const access = logs.lines.filter(({ meta }) => meta.type === 'access');
    expect(access).toHaveLength(1);
    expect(access[0]).toMatchObject({
      level: 'info',
      pluginId: 'fine',
      meta: { method: 'GET', url: '/api/fine/x?token=***', status: 200, requestId: 'the-id' },
    });
  });

  it('says little of the probes in its log', async () => {
    const { anonymous, logs } = await startTestBackend({ features: [fine] });
    await anonymous.get('/.bulkhead/health/liveness').expect(200);
    expect(logs.lines.filter(({ meta }) => meta.type === 'access')).toMatchObject([{ level: 'debug' }]);
  });

  it('finishes the requests under way before it stops', async () => {
    let finish: (() => void) | undefined;
    let entered: (() => void) | undefined;
    const isUnderWay = new Promise<void>((resolve) => (entered = resolve));
    const slow = pluginOf('slow', (http) => {
      http.open('/');
      http.use((_req, res) => {
        finish = () => void res.send('finished');
        entered?.();
      });
    });
    const { url, backend, host } = await startTestBackend({ features: [slow] });
    const answer = fetch(`${url}/api/slow`);
    await isUnderWay;
    const stopping = backend.stop();
    while (host.getPhase() !== 'draining') {
      await new Promise((resolve) => setImmediate(resolve));
    }
    finish?.();
    const response = await answer;
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'close']);
    await stopping;
    await expect(fetch(url)).rejects.toThrow();
  });
});
