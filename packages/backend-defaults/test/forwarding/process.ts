import { setTimeout as sleep } from 'node:timers/promises';
import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';
import { createBackend } from '../../src/index.ts';

/** A process of a topology, started by the test with what it is as its argument. Tells which bodies it has processed. */
const { config, name, replica } = JSON.parse(process.argv[2]!) as {
  config: JsonObject;
  name: string;
  replica?: number;
};

// Does not outlive the test, also if that has been given up: whoever waits for its output would wait for ever.
process.once('disconnect', () => process.exit());

const backend = createBackend({ config, process: name, replica });

/** Repeats what it is sent, after some milliseconds. */
backend.add(
  createBackendPlugin({
    pluginId: 'echo',
    register(env) {
      env.registerInit({
        deps: { http: coreServices.httpRouter },
        async init({ http }) {
          http.use(async (request, response) => {
            let body = '';
            for await (const chunk of request) body += String(chunk);
            await sleep(Math.random() * 5);
            if (request.method === 'POST') process.send?.(body);
            response.json({ replica, url: request.originalUrl, body });
          });
        },
      });
    },
  }),
);
backend.add(
  createBackendPlugin({
    pluginId: 'door',
    register(env) {
      env.registerInit({ deps: {}, async init() {} });
    },
  }),
);
await backend.start();
process.send?.('ready');
