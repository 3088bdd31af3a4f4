// The reference host with PLUGINS plugins, each with logger, httpRouter and (with DATABASE_URL) database.
import { createBackend } from '@backstage/backend-defaults';
import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import express from 'express';
import { configFactory } from './config.js';

const databaseUrl = process.env.DATABASE_URL;

const backend = createBackend();
backend.add(configFactory());

for (let index = 0; index < Number(process.env.PLUGINS); index++) {
  backend.add(
    createBackendPlugin({
      pluginId: `plugin${index}`,
      register(env) {
        const deps = { logger: coreServices.logger, http: coreServices.httpRouter };
        env.registerInit({
          deps: databaseUrl ? { ...deps, database: coreServices.database } : deps,
          async init({ logger, http, database }) {
            const client = await database?.getClient();
            await client?.raw('select 1');
            const router = express.Router();
            router.get('/ping', (_req, res) => res.json({ ok: true }));
            http.addAuthPolicy({ path: '/ping', allow: 'unauthenticated' });
            http.use(router);
            logger.debug('initialised');
          },
        });
      },
    }),
  );
}

await backend.start();
console.log('ready');
