import { expect, it } from '@jest/globals';
import { coreServices } from '@bulkhead/backend-plugin-api';
import { backendOf, plugin } from './fixtures/features.ts';

it('thousands of plugins start and stop', async () => {
  const count = 5_000;
  let stopped = 0;
  const backend = backendOf(
    Array.from({ length: count }, (_, index) =>
      plugin(`p${index}`, {
        deps: { lifecycle: coreServices.lifecycle },
        init: ({ lifecycle }) => lifecycle.addShutdownHook(() => void stopped++),
      }),
    ),
  );
  const { plugins } = await backend.start();
  await backend.stop();
  expect([plugins.length, stopped]).toEqual([count, count]);
});
