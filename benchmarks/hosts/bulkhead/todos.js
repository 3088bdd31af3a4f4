// This host with the sample plugin `todo` as it is, on DATABASE_URL. TOKENS says who may call, and as whom.
import { createBackend } from '@bulkhead/backend-defaults';

const backend = createBackend({
  config: {
    backend: {
      listen: { host: '127.0.0.1', port: Number(process.env.PORT) },
      database: { connection: process.env.DATABASE_URL },
      auth: {
        externalAccess: Object.entries(JSON.parse(process.env.TOKENS)).map(([token, subject]) => ({
          type: 'static',
          options: { token, subject },
        })),
      },
    },
  },
});
backend.add(import('@bulkhead/plugin-todo-backend'));
await backend.start();
console.log('ready');
