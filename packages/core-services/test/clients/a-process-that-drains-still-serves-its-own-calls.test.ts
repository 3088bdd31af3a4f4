import { once, EventEmitter } from 'node:events';
import { expect, it } from '@jest/globals';
import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import { startTestBackend } from '@bulkhead/backend-test-utils';
import { clientsServiceRef } from '@bulkhead/openapi';
import type { CalledOperation } from '@bulkhead/openapi/client';
import express from 'express';

const GET_IT: CalledOperation = {
  operationId: 'getIt',
  method: 'GET',
  path: '/it',
  parameters: [],
  responses: { 200: [{ mediaType: 'application/json', kind: 'json' }] },
};

const target = createBackendPlugin({
  pluginId: 'target',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter },
      init: async ({ http }) => http.use(express.Router().get('/it', (_request, response) => void response.json('it'))),
    });
  },
});

function createCaller(events: EventEmitter): ReturnType<typeof createBackendPlugin> {
  return createBackendPlugin({
    pluginId: 'caller',
    register(env) {
      env.registerInit({
        deps: { http: coreServices.httpRouter, auth: coreServices.auth, clients: clientsServiceRef },
        init: async ({ http, auth, clients }) => {
          const connection = clients.connect('target');
          const router = express.Router();
          router.get('/calls', async (_request, response) => {
            events.emit('begun');
            await once(events, 'go on');
            const { body } = await connection.call(GET_IT, {}, { credentials: await auth.getOwnServiceCredentials() });
            response.json(body);
          });
          http.use(router);
        },
      });
    },
  });
}

it('A request under way may call other plugins of the process until the process has drained', async () => {
  const events = new EventEmitter();
  const backend = await startTestBackend({ features: [target, createCaller(events)] });
  const begun = once(events, 'begun');
  const answer = backend.agent.get('/api/caller/calls').then(({ status, body }) => ({ status, body: body as unknown }));
  await begun;
  const stopped = backend.stop();
  while (await isServed(`${backend.url}/api/target/it`));
  events.emit('go on');
  await expect(answer).resolves.toEqual({ status: 200, body: 'it' });
  await stopped;
});

/** Whether requests from outside are still taken. */
async function isServed(url: string): Promise<boolean> {
  try {
    const { status } = await fetch(url);
    return status !== 503;
  } catch {
    return false;
  }
}
