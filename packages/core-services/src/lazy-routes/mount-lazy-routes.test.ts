import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  coreServices,
  createBackendPlugin,
  type HttpApplication,
  type HttpRouterService,
} from '@bulkhead/backend-plugin-api';
import { mockCredentials, startTestBackend } from '@bulkhead/backend-test-utils';
import express, { type Router } from 'express';
import { mountLazyRoutes } from './mount-lazy-routes.ts';

const toStop: (() => unknown)[] = [];

afterEach(async () => {
  await Promise.all(toStop.splice(0).map((stop) => stop()));
});

/** Counts how often the routes are made. */
function mountOn(httpRouter: Pick<HttpRouterService, 'use'> & Partial<HttpRouterService>): () => number {
  let made = 0;
  mountLazyRoutes(httpRouter, '/.own/', () => {
    made += 1;
    const routes: Router = express.Router();
    routes.get('/.own/thing', (req, res) => void res.json({ by: 'us', host: req.get('host') !== undefined }));
    return routes;
  });
  httpRouter.use((_req, res) => void res.json({ by: 'the plugin' }));
  return () => made;
}

async function expectToBeServed(get: (path: string) => Promise<unknown>, made: () => number): Promise<void> {
  for (const path of ['/', '/.own', '/.ownthing', '/x/.own/thing']) {
    expect(await get(path)).toEqual({ by: 'the plugin' });
  }
  expect(made()).toBe(0);
  expect(await get('/.own/thing')).toEqual({ by: 'us', host: true });
  expect(await get('/.own/thing?a=1')).toEqual({ by: 'us', host: true });
  expect(await get('/.own/other')).toEqual({ by: 'the plugin' });
  expect(made()).toBe(1);
}

describe('routes that are made when they are needed', () => {
  it('stand before those of the plugin', async () => {
    let made: (() => number) | undefined;
    const plugin = createBackendPlugin({
      pluginId: 'todo',
      register(env) {
        env.registerInit({
          deps: { httpRouter: coreServices.httpRouter },
          async init({ httpRouter }) {
            made = mountOn(httpRouter);
          },
        });
      },
    });
    const { agent } = await startTestBackend({ features: [plugin] });
    const get = async (path: string): Promise<unknown> => (await agent.get(`/api/todo${path}`).expect(200)).body;
    await expectToBeServed(get, made!);
  });

  it('are served by routers that know handlers of Express only', async () => {
    const app = express();
    const made = mountOn({ use: (handler) => void app.use(handler) });
    const server = app.listen(0, '127.0.0.1');
    toStop.push(() => server.close());
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expectToBeServed(async (path) => (await fetch(url + path)).json(), made);
  });

  it('take no larger bodies than the host lets in, whatever else the plugin takes', async () => {
    const plugin = createBackendPlugin({
      pluginId: 'todo',
      register(env) {
        env.registerInit({
          deps: { httpRouter: coreServices.httpRouter },
          async init({ httpRouter }) {
            mountLazyRoutes(httpRouter, '/.own/', (limit) =>
              express.Router().post('/.own/thing', express.json({ limit }), (_req, res) => void res.json('taken')),
            );
            const handle: HttpApplication['handle'] = (request, response) =>
              void request.resume().on('end', () => response.end('"all of it"'));
            httpRouter.mount(() => ({ limitsBodies: true, handle }));
          },
        });
      },
    });
    const { agent } = await startTestBackend({ features: [plugin] });
    const body = JSON.stringify('x'.repeat(11 * 1024 * 1024));
    const post = (path: string) => agent.post(`/api/todo${path}`).type('json').send(body);
    await post('/other').expect(200, '"all of it"');
    await post('/.own/thing').expect(413);
    await agent.post('/api/todo/.own/thing').send({}).expect(200, '"taken"');
  });

  it('leave requests as Express has them to who looks at credentials', async () => {
    const seen: unknown[] = [];
    const httpAuth = {
      credentials: async (req: { get?: unknown }) => {
        seen.push(typeof req.get);
        return mockCredentials.user() as never;
      },
      issueUserCookie: () => Promise.reject(new TypeError('none')),
    };
    const plugin = createBackendPlugin({
      pluginId: 'todo',
      register(env) {
        env.registerInit({
          deps: { httpRouter: coreServices.httpRouter },
          init: async ({ httpRouter }) => void mountOn(httpRouter),
        });
      },
    });
    const { agent } = await startTestBackend({ features: [plugin], services: { httpAuth } });
    await agent.get('/api/todo/').expect(200);
    expect(seen).toEqual(['function']);
  });
});
