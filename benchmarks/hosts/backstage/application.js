// The reference host with the common application. /api/caller/token gives a token with which the plugin `caller` calls
// `target`; that takes a database. `target` serves the same contract as elsewhere, by the reference's own tool for contracts.
import { readFileSync } from 'node:fs';
import { createBackend } from '@backstage/backend-defaults';
import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import express from 'express';
import { parse } from 'yaml';
import { configFactory } from './config.js';

const contract = parse(readFileSync(new URL('../bulkhead/target/backend/openapi.yaml', import.meta.url), 'utf8'));

const getItem = (req, res) => res.json({ id: req.params.id, title: 'An item', done: false });

/** A plugin with a router; what is below `open` takes no credentials. */
function pluginOf(pluginId, open, createRouter) {
  return createBackendPlugin({
    pluginId,
    register(env) {
      env.registerInit({
        deps: { http: coreServices.httpRouter, auth: coreServices.auth },
        async init({ http, auth }) {
          http.addAuthPolicy({ path: open, allow: 'unauthenticated' });
          http.use(createRouter(auth));
        },
      });
    },
  });
}

const target = pluginOf('target', '/items', () => {
  // Below the plugin's path the router sees the paths of the contract alone.
  const router = createValidatedOpenApiRouter({ ...contract, servers: [{ url: '/' }] });
  router.get('/items/:id', getItem);
  router.get('/guarded/:id', getItem);
  router.post('/items', (req, res) => res.status(201).json({ id: '2', title: req.body.title, done: req.body.done }));
  return router;
});

const expressRoutes = pluginOf('express', '/items', () => express.Router().get('/items/:id', getItem));

const caller = pluginOf('caller', '/token', (auth) => {
  return express.Router().get('/token', (_req, res, next) => {
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
