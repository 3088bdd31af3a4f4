import { describe, expect, it } from '@jest/globals';
import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import { startTestBackend } from '@bulkhead/backend-test-utils';

describe('createSchedulerRoutes', () => {
  it('lists tasks, runs one now, and ends the run', async () => {
    let runs = 0;
    let begun: (() => void) | undefined;
    const run = new Promise<void>((resolve) => (begun = resolve));
    const plugin = createBackendPlugin({
      pluginId: 'todo',
      register(env) {
        env.registerInit({
          deps: { scheduler: coreServices.scheduler },
          async init({ scheduler }) {
            const manual = { frequency: { trigger: 'manual' }, timeout: '1m' } as const;
            await scheduler.scheduleTask({ ...manual, id: 'local one', scope: 'local', fn: () => {} });
            await scheduler.scheduleTask({
              ...manual,
              id: 'global',
              async fn(signal) {
                runs += 1;
                begun?.();
                await new Promise((resolve) => signal.addEventListener('abort', resolve));
              },
            });
          },
        });
      },
    });
    const { agent } = await startTestBackend({ features: [plugin] });
    const tasks = '/api/todo/.backstage/scheduler/v1/tasks';
    const list = await agent.get(tasks);
    expect(list.body).toEqual({
      tasks: [
        {
          taskId: 'local one',
          pluginId: 'todo',
          scope: 'local',
          settings: { version: 2, cadence: 'manual', timeoutAfterDuration: 'PT1M' },
          taskState: { status: 'idle' },
          workerState: { status: 'idle' },
        },
        {
          taskId: 'global',
          pluginId: 'todo',
          scope: 'global',
          settings: { version: 2, cadence: 'manual', timeoutAfterDuration: 'PT1M' },
          taskState: { status: 'idle' },
          workerState: { status: 'idle' },
        },
      ],
    });

    await agent.post(`${tasks}/local%20one/trigger`).expect(200);
    await agent.post(`${tasks}/global/trigger`).expect(200);
    await run;
    const during = await agent.get(tasks);
    const [, global] = (during.body as { tasks: object[] }).tasks;
    expect(global).toMatchObject({
      taskState: { status: 'running', startedAt: expect.any(String) },
      workerState: { status: 'running' },
    });
    await agent.post(`${tasks}/global/trigger`).expect(409);
    await agent.post(`${tasks}/global/cancel`).expect(200);
    expect(runs).toBe(1);

    await agent.post(`${tasks}/globl/cancel`).expect(404);
    await agent.delete(tasks).expect(405);
  });

  it.each([
    [401, false],
    [200, true],
  ])(
    'answers nobody with %d where the plugin is open to all and disabling the default policy is %s',
    async (status, disabled) => {
      const plugin = createBackendPlugin({
        pluginId: 'todo',
        register(env) {
          env.registerInit({
            deps: { scheduler: coreServices.scheduler, httpRouter: coreServices.httpRouter },
            async init({ scheduler, httpRouter }) {
              httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
              const manual = { frequency: { trigger: 'manual' }, timeout: '1m', scope: 'local' } as const;
              await scheduler.scheduleTask({ ...manual, id: 'one', fn: () => {} });
            },
          });
        },
      });
      const config = { backend: { auth: { dangerouslyDisableDefaultAuthPolicy: disabled } } };
      const { url } = await startTestBackend({ features: [plugin], config });
      const tasks = `${url}/api/todo/.backstage/scheduler/v1/tasks`;
      expect((await fetch(tasks)).status).toBe(status);
      expect((await fetch(`${tasks}/one/trigger`, { method: 'POST' })).status).toBe(status);
    },
  );
});
