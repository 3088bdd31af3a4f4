import { describe, expect, it } from '@jest/globals';
import { mockServices } from '@bulkhead/backend-test-utils';
import { schedulerServiceFactory } from './scheduler-service-factory.ts';

describe('schedulerServiceFactory', () => {
  it('runs tasks from the start of the plugin to its end', async () => {
    const lifecycle = mockServices.lifecycle();
    const rootConfig = mockServices.rootConfig({ data: { backend: { scheduler: { timezone: 'Asia/Tokyo' } } } });
    const scheduler = await schedulerServiceFactory.factory(
      {
        rootConfig,
        lifecycle,
        httpRouter: mockServices.httpRouter({ pluginId: 'todo' }),
        database: mockServices.database(),
        logger: mockServices.logger(),
        metadata: mockServices.pluginMetadata({ pluginId: 'todo' }),
      },
      await schedulerServiceFactory.createRootContext!({ rootConfig }),
    );
    let isRunning = false;
    let begun: (() => void) | undefined;
    const run = new Promise<void>((resolve) => (begun = resolve));
    await scheduler.scheduleTask({
      id: 'a',
      frequency: '1h',
      timeout: '1m',
      scope: 'local',
      async fn(signal) {
        isRunning = true;
        begun!();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        isRunning = false;
      },
    });
    await lifecycle.runStartupHooks();
    await run;
    expect(isRunning).toBe(true);
    await lifecycle.runShutdownHooks();
    expect(isRunning).toBe(false);
  });
});
