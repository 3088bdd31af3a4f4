// This host with the plugins named in ROLES, of `caller` and `target`. The caller asks the target COUNT times, through
// the client that is generated from the target's contract.
import { createBackend } from '@bulkhead/backend-defaults';
import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import express from 'express';
import { target } from './target/backend/src/plugin.js';
import { targetClientRef } from './target/node/src/generated/client-ref.ts';

const port = Number(process.env.PORT);
const roles = process.env.ROLES.split(',');
const peers = Object.entries(JSON.parse(process.env.PEERS ?? '{}')).filter(([plugin]) => !roles.includes(plugin));

const caller = createBackendPlugin({
  pluginId: 'caller',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter, auth: coreServices.auth, target: targetClientRef },
      async init({ http, auth, target: client }) {
        const router = express.Router();
        router.get('/calls', async (req, res) => {
          const credentials = await auth.getOwnServiceCredentials();
          let left = Number(req.query.count);
          const work = async () => {
            while (left-- > 0) await client.getGuardedItem({ path: { id: '1' } }, { credentials });
          };
          const startedAt = performance.now();
          await Promise.all(Array.from({ length: Number(req.query.concurrency) }, work));
          res.json({ seconds: (performance.now() - startedAt) / 1000 });
        });
        http.addAuthPolicy({ path: '/calls', allow: 'unauthenticated' });
        http.use(router);
      },
    });
  },
});

const backend = createBackend({
  config: {
    backend: {
      listen: { host: '127.0.0.1', port },
      database: { connection: process.env.DATABASE_URL },
    },
    ...(peers.length > 0 && {
      discovery: {
        endpoints: peers.map(([plugin, peerPort]) => ({
          target: `http://127.0.0.1:${peerPort}/api/{{pluginId}}`,
          plugins: [plugin],
        })),
      },
    }),
  },
});
if (roles.includes('target')) backend.add(target);
if (roles.includes('caller')) backend.add(caller);
await backend.start();
console.log('ready');
