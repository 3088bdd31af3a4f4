import { reservePorts } from '@bulkhead/backend-test-utils';
import { createFolder } from './spawn-cli.ts';

const MANIFEST = {
  name: 'host',
  type: 'module',
  exports: './main.js',
  bulkhead: { role: 'backend' },
  dependencies: { '@bulkhead/backend-defaults': '^1.0.0' },
};

/** Its plugins tell, to everybody, which process they run in.*/
const MAIN = `
import { createBackend } from '@bulkhead/backend-defaults';
import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';

const backend = createBackend();
for (const pluginId of ['greeter', 'todo']) {
  backend.add(createBackendPlugin({
    pluginId,
    register(env) {
      env.registerInit({
        deps: { config: coreServices.config, http: coreServices.httpRouter, lifecycle: coreServices.lifecycle },
        async init({ config, http, lifecycle }) {
          http.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
          http.use((_request, response) => response.json({ pluginId, pid: process.pid }));
          if (config.getOptionalBoolean('hangs')) lifecycle.addShutdownHook(() => new Promise(() => {}));
          if (config.getOptionalBoolean('fails')) throw new TypeError('It cannot be');
        },
      });
    },
  }));
}
await backend.start();
`;

const SECTION = { type: 'object', properties: { fails: { type: 'boolean' }, hangs: { type: 'boolean' } } };

/** A folder with a host of two plugins. */
export function createSplitHost(
  files: Readonly<Record<string, string | object>>,
): Promise<AsyncDisposable & { readonly dir: string }> {
  const schema = { properties: { greeter: SECTION, todo: SECTION } };
  return createFolder({ 'package.json': MANIFEST, 'main.js': MAIN, 'config.schema.json': schema, ...files });
}

/** A topology of three processes on ports of their own: edge, which forwards, and todo twice. */
export async function freeTopology(): Promise<{
  readonly urls: readonly [string, string, string];
  readonly yaml: string;
}> {
  const [edge, first, second] = (await reservePorts(3)).map((port) => `http://127.0.0.1:${port}`);
  const yaml = `topology:
  edge: { baseUrl: "${edge}", plugins: [greeter], forwards: true }
  todo:
    replicas: ["${first}", "${second}"]
    plugins: [todo]
`;
  return { urls: [edge!, first!, second!], yaml };
}
