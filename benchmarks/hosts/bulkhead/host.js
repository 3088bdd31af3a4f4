// This host with PLUGINS plugins, each with logger, httpRouter and (with DATABASE_URL) database.
import { createBackend } from '@bulkhead/backend-defaults';
import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import express from 'express';

const databaseUrl = process.env.DATABASE_URL;
const port = Number(process.env.PORT);

const backend = createBackend({
  config: {
    backend: {
      listen: { host: '127.0.0.1', port },
      ...(databaseUrl && { database: { connection: databaseUrl } }),
    },
  },
});

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
