import { createBackend } from '@bulkhead/backend-defaults';
import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import { companionOf } from '@bulkhead/core-services/root-config';
import { expect, it } from '@jest/globals';
import { HostFolder } from './host-folder.ts';

it('tells the logger what the schemas of the packages call secret', async () => {
  const schema = { type: 'object', properties: { motto: { type: 'string', visibility: 'secret' } } };
  const bulkhead = { role: 'backend-plugin', pluginId: 'shop' };
  await using folder = await HostFolder.create([{ name: '@acme/plugin-shop-backend', bulkhead, schema }]);
  const config = { backend: { listen: 0 }, shop: { motto: 'open sesame' }, other: { token: 'not in the schema' } };
  const backend = createBackend({ hostDir: folder.path, config });
  let secrets: readonly string[] = [];
  backend.add(
    createBackendPlugin({
      pluginId: 'shop',
      register(env) {
        env.registerInit({
          deps: { rootConfig: coreServices.rootConfig },
          async init({ rootConfig }) {
            secrets = [...(companionOf(rootConfig)?.secrets() ?? [])];
          },
        });
      },
    }),
  );
  try {
    await backend.start();
  } finally {
    await backend.stop();
  }
  expect(secrets).toEqual(expect.arrayContaining(['open sesame', 'not in the schema']));
});
