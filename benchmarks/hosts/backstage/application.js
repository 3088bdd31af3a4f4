// The reference host with the common application. /api/caller/token gives a token with which the plugin `caller` calls
// `target`; that takes a database. Bodies are validated with zod, as the reference's own templates do it.
import { createBackend } from '@backstage/backend-defaults';
import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import express from 'express';
import { z } from 'zod';
import { configFactory } from './config.js';

const newItem = z.strictObject({
  title: z.string().min(1).max(200),
  done: z.boolean(),
  priority: z.enum(['low', 'normal', 'high']),
  dueAt: z.iso.datetime(),
  estimate: z.number().min(0).optional(),
  description: z.string().max(2000).optional(),
  tags: z.array(z.string().max(40)).max(20),
  assignee: z.strictObject({ name: z.string().min(1).max(100), team: z.string().max(100) }),
  steps: z.array(z.strictObject({ text: z.string().min(1).max(200), done: z.boolean() })).max(50),
});

const getItem = (req, res) => res.json({ id: req.params.id, title: 'An item', done: false });

function createItem(req, res) {
  const { success, data, error } = newItem.safeParse(req.body);
  if (!success) throw new InputError(error.toString());
  res.status(201).json({ id: '2', title: data.title, done: data.done });
}

/** A plugin with routes; those below `open` take no credentials. */
function pluginOf(pluginId, open, addRoutes) {
  return createBackendPlugin({
    pluginId,
    register(env) {
      env.registerInit({
        deps: { http: coreServices.httpRouter, auth: coreServices.auth },
        async init({ http, auth }) {
          const router = express.Router();
          addRoutes(router, auth);
          http.addAuthPolicy({ path: open, allow: 'unauthenticated' });
          http.use(router);
        },
      });
    },
  });
}

const target = pluginOf('target', '/items', (router) => {
  router.get('/items/:id', getItem);
  router.get('/guarded/:id', getItem);
  router.post('/items', express.json(), createItem);
});

const expressRoutes = pluginOf('express', '/items', (router) => router.get('/items/:id', getItem));

const caller = pluginOf('caller', '/token', (router, auth) => {
  router.get('/token', (_req, res, next) => {
    auth
      .getOwnServiceCredentials()
      .then((onBehalfOf) => auth.getPluginRequestToken({ onBehalfOf, targetPluginId: 'target' }))
      .then((token) => res.json(token), next);
  });
});

const backend = createBackend();
backend.add(configFactory());
backend.add(target);
backend.add(expressRoutes);
backend.add(caller);
await backend.start();
console.log('ready');
