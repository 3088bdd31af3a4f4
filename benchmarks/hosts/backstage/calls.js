// The reference host with the plugins named in ROLES, of `caller` and `target`. The caller asks the target COUNT times,
// with a token, as the reference's own clients do it: discovery, a plugin token, fetch.
import { createBackend } from '@backstage/backend-defaults';
import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import express from 'express';
import { configFactory } from './config.js';

const roles = process.env.ROLES.split(',');
const peers = JSON.parse(process.env.PEERS ?? '{}');

const target = createBackendPlugin({
  pluginId: 'target',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter },
      async init({ http }) {
        const router = express.Router();
        router.get('/items/:id', (req, res) => res.json({ id: req.params.id, title: 'An item', done: false }));
        http.use(router);
      },
    });
  },
});

const caller = createBackendPlugin({
  pluginId: 'caller',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter, auth: coreServices.auth, discovery: coreServices.discovery },
      async init({ http, auth, discovery }) {
        const getItem = async (id, credentials) => {
          const { token } = await auth.getPluginRequestToken({ onBehalfOf: credentials, targetPluginId: 'target' });
          const response = await fetch(`${await discovery.getBaseUrl('target')}/items/${encodeURIComponent(id)}`, {
            headers: { authorization: `Bearer ${token}` },
          });
          if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
          return response.json();
        };
        const router = express.Router();
        router.get('/calls', async (req, res, next) => {
          try {
            const credentials = await auth.getOwnServiceCredentials();
            let left = Number(req.query.count);
            const work = async () => {
              while (left-- > 0) await getItem('1', credentials);
            };
            const startedAt = performance.now();
            await Promise.all(Array.from({ length: Number(req.query.concurrency) }, work));
            res.json({ seconds: (performance.now() - startedAt) / 1000 });
          } catch (error) {
            next(error);
          }
        });
        http.addAuthPolicy({ path: '/calls', allow: 'unauthenticated' });
        http.use(router);
      },
    });
  },
});

const backend = createBackend();
backend.add(
  configFactory({
    discovery: {
      endpoints: Object.entries(peers).map(([plugin, peerPort]) => ({
        target: `http://127.0.0.1:${peerPort}/api/{{pluginId}}`,
        plugins: [plugin],
      })),
    },
  }),
);
if (roles.includes('target')) backend.add(target);
if (roles.includes('caller')) backend.add(caller);
await backend.start();
console.log('ready');
