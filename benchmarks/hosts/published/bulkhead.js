// This host with ten published plugins.
import { createBackend } from '@bulkhead/backend-defaults';
import { config, packages } from './plugins.js';

const backend = createBackend({
  config: { ...config, backend: { ...config.backend, database: { connection: process.env.DATABASE_URL } } },
});
for (const name of packages) backend.add(import(name));
await backend.start();
console.log('ready');
