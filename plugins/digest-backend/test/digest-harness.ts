import { coreServices, createBackendModule, type SchedulerService } from '@bulkhead/backend-plugin-api';
import { startTestBackend, type TestBackend, type TestBackendOptions } from '@bulkhead/backend-test-utils';
import digestPlugin from '../src/index.ts';
import { createFakeTodo, type FakeTodo } from './fake-todo.ts';

/** The plugin with a stand-in for todo, and with a hand on its schedule. */
export interface DigestHarness extends TestBackend {
  readonly todo: FakeTodo;
  /** Makes the digests of all owners, and waits for the end of it. */
  runTask(replica?: number): Promise<void>;
}

/** Starts the plugin. Its task runs when it is told to. */
export async function startDigest(options: Partial<TestBackendOptions> = {}): Promise<DigestHarness> {
  const todo = createFakeTodo();
  const schedulers: SchedulerService[] = [];
  const observer = createBackendModule({
    pluginId: 'digest',
    moduleId: 'observer',
    register(env) {
      env.registerInit({
        deps: { scheduler: coreServices.scheduler },
        async init({ scheduler }) {
          schedulers.push(scheduler);
        },
      });
    },
  });
  const backend = await startTestBackend({
    ...options,
    features: [digestPlugin, todo.plugin, observer],
    config: { digest: { schedule: { frequency: { trigger: 'manual' }, timeout: '1m' } }, ...options.config },
  });
  return Object.assign(backend, {
    todo,
    runTask: (replica = 0) => schedulers[replica]!.triggerTask('make-digests'),
  });
}

/** Waits until something holds, asking again and again. */
export async function eventually(holds: () => Promise<void> | void): Promise<void> {
  const end = Date.now() + 20_000;
  for (;;) {
    try {
      await holds();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
