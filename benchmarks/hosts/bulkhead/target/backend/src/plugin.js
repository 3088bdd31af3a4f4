// The plugin `target` with the contract of the common application, and `express` with a route of it in Express.
import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import express from 'express';
import { createTargetRoutes } from './generated/routes.ts';

const itemOf = (id) => ({ id, title: 'An item', done: false });
const getItem = ({ path }) => ({ status: 200, body: itemOf(path.id) });
const createItem = ({ body: { title, done } }) => ({ status: 201, body: { id: '2', title, done } });

export const target = createBackendPlugin({
  pluginId: 'target',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter },
      async init({ http }) {
        http.serve(createTargetRoutes({ getItem, getGuardedItem: getItem, createItem }));
      },
    });
  },
});

export const expressRoutes = createBackendPlugin({
  pluginId: 'express',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter },
      async init({ http }) {
        const router = express.Router();
        router.get('/items/:id', (req, res) => res.json(itemOf(req.params.id)));
        http.addAuthPolicy({ path: '/items', allow: 'unauthenticated' });
        http.use(router);
      },
    });
  },
});
