import { describe, expect, it } from '@jest/globals';
import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  createExtensionPoint,
  createServiceFactory,
  createServiceRef,
} from '@bulkhead/backend-plugin-api';
import { createSpecializedBackend } from './index.ts';

describe('a backend', () => {
  it('starts services, modules and plugins in their order and stops them in reverse', async () => {
    const events: string[] = [];
    const clock = createServiceRef<{ now(): number }>({ id: 'test.clock', scope: 'root' });
    const greetings = createExtensionPoint<{ add(text: string): void }>({ id: 'example.greetings' });
    const backend = createSpecializedBackend({
      serviceFactories: [
        createServiceFactory({
          service: clock,
          deps: {},
          factory: () => ({ now: () => 1, [Symbol.dispose]: () => events.push('dispose clock') }),
        }),
      ],
    });
    backend.add(
      createBackendPlugin({
        pluginId: 'example',
        register(env) {
          env.registerExtensionPoint(greetings, { add: (text) => void events.push(text) });
          env.registerInit({
            deps: { clock, metadata: coreServices.pluginMetadata, lifecycle: coreServices.lifecycle },
            async init({ metadata, lifecycle }) {
              events.push(`init ${metadata.getId()}`);
              lifecycle.addStartupHook(() => void events.push('startup hook'));
              lifecycle.addShutdownHook(() => void events.push('shutdown hook'));
            },
          });
        },
      }),
    );
    backend.add(
      Promise.resolve({
        default: createBackendModule({
          pluginId: 'example',
          moduleId: 'polite',
          register(env) {
            env.registerInit({ deps: { greetings }, init: async (deps) => deps.greetings.add('hello') });
          },
        }),
      }),
    );

    const report = await backend.start();
    expect(report.outcome).toBe('success');
    await backend.stop();

    expect(events).toEqual(['hello', 'init example', 'startup hook', 'shutdown hook', 'dispose clock']);
  });
});
