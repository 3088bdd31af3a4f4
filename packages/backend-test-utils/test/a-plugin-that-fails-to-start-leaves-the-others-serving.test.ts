import { describe, expect, it } from '@jest/globals';
import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import { mockCredentials, startTestBackend } from '@bulkhead/backend-test-utils';

const broken = createBackendPlugin({
  pluginId: 'broken',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter },
      async init({ http }) {
        http.use((_req, res) => void res.json({}));
        throw new RangeError('no licence');
      },
    });
  },
});

const sound = createBackendPlugin({
  pluginId: 'sound',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter },
      async init({ http }) {
        http.use((_req, res) => void res.json({ sound: true }));
      },
    });
  },
});

describe('a plugin whose init fails', () => {
  it('answers 503 while the others serve, if the failure policy lets the host go on', async () => {
    const { agent, as, host, logs } = await startTestBackend({
      features: [broken, sound],
      config: { backend: { startup: { plugins: { broken: { onPluginBootFailure: 'continue' } } } } },
    });
    const { body } = await agent.get('/api/broken').expect(503);
    expect(body.error).toMatchObject({ name: 'ServiceUnavailableError' });
    await agent.get('/api/sound').expect(200, { sound: true });

    expect(host.getPlugin('broken')).toMatchObject({ phase: 'failed' });
    expect(host.getPlugin('sound')).toMatchObject({ phase: 'ready' });
    expect(logs.lines).toContainEqual(expect.objectContaining({ level: 'error', pluginId: 'broken' }));
    const operator = as(mockCredentials.service());
    expect((await operator.get('/.bulkhead/plugins').expect(200)).body.plugins).toMatchObject([
      { pluginId: 'broken', phase: 'failed' },
      { pluginId: 'sound', phase: 'ready' },
    ]);
    await operator.get('/.bulkhead/health/readiness').expect(200);
  });

  it('stops the host otherwise', async () => {
    await expect(startTestBackend({ features: [broken, sound] })).rejects.toMatchObject({
      code: 'ERR_RUNTIME_STARTUP_FAILED',
    });
  });
});
