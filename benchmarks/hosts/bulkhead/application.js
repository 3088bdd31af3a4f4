// This host with the common application. /api/caller/token gives a token with which the plugin `caller` calls `target`.
import { createBackend } from '@bulkhead/backend-defaults';
import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import express from 'express';
import { expressRoutes, target } from './target/backend/src/plugin.js';

const caller = createBackendPlugin({
  pluginId: 'caller',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter, auth: coreServices.auth },
      async init({ http, auth }) {
        const router = express.Router();
        router.get('/token', async (_req, res) => {
          const onBehalfOf = await auth.getOwnServiceCredentials();
          res.json(await auth.getPluginRequestToken({ onBehalfOf, targetPluginId: 'target' }));
        });
        http.addAuthPolicy({ path: '/token', allow: 'unauthenticated' });
        http.use(router);
      },
    });
  },
});

const databaseUrl = process.env.DATABASE_URL;
const backend = createBackend({
  config: {
    backend: {
      listen: { host: '127.0.0.1', port: Number(process.env.PORT) },
      ...(databaseUrl && { database: { connection: databaseUrl } }),
    },
  },
});
backend.add(target);
backend.add(expressRoutes);
backend.add(caller);
await backend.start();
console.log('ready');
