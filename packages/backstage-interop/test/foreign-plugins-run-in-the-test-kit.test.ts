import { expect, it } from '@jest/globals';
import { startTestBackend } from '@bulkhead/backend-test-utils';
import express from 'express';

it('starts a published plugin for a test like one of our own', async () => {
  const ref = (id: string) => ({ $$type: '@backstage/ServiceRef', id, scope: 'plugin', multiton: false, T: null });
  const router = express.Router();
  router.get('/greeting', (_, response) => void response.json({ message: 'Hello' }));
  const plugin = {
    $$type: '@backstage/BackendFeature',
    version: 'v1',
    featureType: 'registrations',
    getRegistrations: () => [
      {
        type: 'plugin-v1.1',
        pluginId: 'greeter',
        extensionPoints: [],
        connections: [],
        init: {
          deps: { http: ref('core.httpRouter'), logger: ref('core.logger') },
          func: async (deps: { http: { use(handler: unknown): void }; logger: { info(text: string): void } }) => {
            deps.logger.info('Greeting');
            deps.http.use(router);
          },
        },
      },
    ],
  } as const;
  await using backend = await startTestBackend({ features: [plugin] });
  await backend.agent.get('/api/greeter/greeting').expect(200, { message: 'Hello' });
  await backend.anonymous.get('/api/greeter/greeting').expect(401);
  expect(backend.host.getPlugin('greeter')?.phase).toBe('ready');
});
