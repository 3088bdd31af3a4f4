import { expect, it } from '@jest/globals';
import { createBackendPlugin, createServiceRef } from '@bulkhead/backend-plugin-api';
import { startTestBackend } from '@bulkhead/backend-test-utils';
import express, { type Request } from 'express';
import { openPlugin } from './foreign-plugin.ts';

interface Answer {
  readonly status: number;
  text(): Promise<string>;
}

/** The part of the server that brings calls from plugin to plugin. */
interface Server {
  sendInProcess(request: object): Promise<Answer>;
}

it('a call within the process is answered like any other, without a server to listen to', async () => {
  let server: Server | undefined;
  const caller = createBackendPlugin({
    pluginId: 'caller',
    register: (env) =>
      env.registerInit({
        deps: { server: createServiceRef<Server>({ id: 'core.httpServer', scope: 'root' }) },
        init: async (deps) => {
          ({ server } = deps);
        },
      }),
  });
  const router = express.Router();
  router.post('/items', express.json(), async (req: Request, res) => {
    await Promise.resolve();
    const { url, baseUrl, ip, query, socket } = req;
    const hasServer = (socket as unknown as { server?: unknown }).server !== undefined;
    res.status(201).json({ url, baseUrl, ip, query, body: req.body as unknown, hasServer });
  });
  router.post('/rejects', async () => {
    await Promise.resolve();
    throw Object.assign(new Error('Not now'), { name: 'ServiceUnavailableError' });
  });
  await startTestBackend({ features: [caller, openPlugin('todo', router)] });
  const send = (target: string): Promise<Answer> =>
    server!.sendInProcess({
      method: 'POST',
      target,
      headers: { host: 'localhost', 'content-type': 'application/json' },
      body: '{"title":"x"}',
      end: { onEnd: () => () => {} },
    });
  const answer = await send('/api/todo/items?a=1');
  expect([answer.status, JSON.parse(await answer.text())]).toEqual([
    201,
    {
      url: '/items?a=1',
      baseUrl: '/api/todo',
      ip: '127.0.0.1',
      query: { a: '1' },
      body: { title: 'x' },
      hasServer: false,
    },
  ]);
  expect((await send('/api/todo/rejects')).status).toBe(503);
});
