import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  coreServices,
  createBackendPlugin,
  type BackendFeature,
  type Credentials,
  type PermissionRequest,
} from '@bulkhead/backend-plugin-api';
import { startTestBackend, type TestBackend, type TestBackendOptions } from '@bulkhead/backend-test-utils';
import express, { type Handler } from 'express';

/** What the permission plugin was asked. */
export interface Asked {
  readonly credentials: Credentials;
  readonly items: readonly { readonly id: string; readonly permission: { readonly name: string } }[];
}

/** A permission plugin of which the test says what it answers. */
export interface FakePermissionPlugin {
  readonly feature: BackendFeature;
  readonly asked: Asked[];
  answer: (items: Asked['items']) => unknown;
  /** In place of `answer`. */
  handler: Handler | undefined;
}

/** Makes a permission plugin that allows everything until it is told otherwise. */
export function createPermissionPlugin(): FakePermissionPlugin {
  const plugin: FakePermissionPlugin = {
    asked: [],
    answer: (items) => ({ items: items.map(({ id }) => ({ id, result: 'ALLOW' })) }),
    handler: undefined,
    feature: createBackendPlugin({
      pluginId: 'permission',
      register(env) {
        env.registerInit({
          deps: { httpAuth: coreServices.httpAuth, httpRouter: coreServices.httpRouter },
          async init({ httpAuth, httpRouter }) {
            httpRouter.use(express.json());
            httpRouter.use(async (req, res, next) => {
              const credentials = await httpAuth.credentials(req, { allow: ['user', 'none'] });
              const { items } = req.body as Pick<Asked, 'items'>;
              plugin.asked.push({ credentials, items });
              if (plugin.handler) await plugin.handler(req, res, next);
              else res.json(plugin.answer(items));
            });
          },
        });
      },
    }),
  };
  return plugin;
}

/** A plugin that asks what it is told to ask, on behalf of its caller. */
const askingPlugin = createBackendPlugin({
  pluginId: 'todo',
  register(env) {
    env.registerInit({
      deps: {
        permissions: coreServices.permissions,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
      },
      async init({ permissions, httpAuth, httpRouter }) {
        httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
        httpRouter.use(express.json());
        httpRouter.use(async (req, res) => {
          const { method, requests } = req.body as {
            readonly method: 'authorize' | 'authorizeConditional';
            readonly requests: readonly PermissionRequest[];
          };
          res.json(await permissions[method](requests, { credentials: await httpAuth.credentials(req) }));
        });
      },
    });
  },
});

/** Starts a host with permissions enabled and a plugin at `/api/todo` that asks. */
export function startPermissionHost({
  features = [],
  config,
  ...options
}: Partial<TestBackendOptions>): Promise<TestBackend> {
  return startTestBackend({
    ...options,
    features: [askingPlugin, ...features],
    config: { permission: { enabled: true }, ...config },
  });
}

/** A permission plugin in another process. @returns its base URL, and what stops it */
export async function startForeignServer(
  listener: RequestListener,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const server = createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/permission`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
