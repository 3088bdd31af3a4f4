// A process of this host that forwards requests for the plugin at UPSTREAM.
import { createBackend } from '@bulkhead/backend-defaults';
import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';

const pluginOf = (pluginId) =>
  createBackendPlugin({
    pluginId,
    register: (env) => env.registerInit({ deps: { logger: coreServices.logger }, init: async () => undefined }),
  });

const backend = createBackend({
  process: 'edge',
  config: {
    topology: {
      edge: { baseUrl: `http://127.0.0.1:${process.env.PORT}`, plugins: ['door'], forwards: true },
      files: { baseUrl: process.env.UPSTREAM, plugins: ['files'] },
    },
  },
});
backend.add(pluginOf('door'));
backend.add(pluginOf('files'));
await backend.start();
console.log('ready');
