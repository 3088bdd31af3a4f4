// The reference host with ten published plugins.
import { createBackend } from '@backstage/backend-defaults';
import { coreServices, createServiceFactory } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { config, packages } from './plugins.js';

const database = {
  client: 'pg',
  connection: process.env.DATABASE_URL,
  pluginDivisionMode: 'schema',
  ensureSchemaExists: true,
};

const backend = createBackend();
backend.add(
  createServiceFactory({
    service: coreServices.rootConfig,
    deps: {},
    factory: () => new ConfigReader({ ...config, backend: { ...config.backend, database } }),
  }),
);
for (const name of packages) backend.add(import(name));
await backend.start();
console.log('ready');
