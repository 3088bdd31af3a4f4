import { createBackend, withLauncher } from '@bulkhead/backend-defaults';
import { createBackendPlugin } from '@bulkhead/backend-plugin-api';
import type { Plan } from '@bulkhead/backend-runtime';
import { expect, it } from '@jest/globals';

it('hands the backend over at its start', async () => {
  let plan: Plan | undefined;
  let isStarted = false;
  const launcher = {
    start: async (backend: { plan(): Promise<Plan> }): Promise<void> => {
      plan = await backend.plan();
    },
  };
  await withLauncher(launcher, async () => {
    const backend = createBackend({ config: {} });
    const init = async (): Promise<void> => {
      isStarted = true;
    };
    backend.add(createBackendPlugin({ pluginId: 'shop', register: (env) => env.registerInit({ deps: {}, init }) }));
    await backend.start();
    await backend.stop();
  });
  expect(plan?.plugins.map(({ pluginId }) => pluginId)).toEqual(['shop']);
  expect(isStarted).toBe(false);
});

it('leaves later backends alone', async () => {
  await withLauncher({ start: async () => {} }, async () => {});
  const backend = createBackend({ config: { backend: { listen: 0 } } });
  try {
    expect((await backend.start()).outcome).toBe('success');
  } finally {
    await backend.stop();
  }
});
