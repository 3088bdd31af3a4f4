import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  createServiceFactory,
  createServiceRef,
  type AnyServiceRef,
  type InstalledPlugin,
  type ServiceOf,
} from '@bulkhead/backend-plugin-api';
import { createSpecializedBackend, type Backend } from '@bulkhead/backend-runtime';
import {
  describeLifecycleService,
  describePluginMetadataService,
  describeRootHostService,
  describeRootInstanceMetadataService,
  describeRootLifecycleService,
} from '@bulkhead/backend-test-utils/contracts';
import { mockServices } from '@bulkhead/backend-test-utils';

/** A backend that waits in the init of its plugin `todo`, with a service of that plugin in hand. */
interface Paused<TService> {
  readonly service: TService;
  readonly backend: Backend;
  /** Lets the init end; settles when the backend has started. */
  proceed(): Promise<unknown>;
}

function createBackend(): Backend {
  return createSpecializedBackend({
    serviceFactories: [mockServices.rootLogger.factory(), mockServices.rootConfig.factory()],
  });
}

async function pauseInInit<TRef extends AnyServiceRef>(ref: TRef): Promise<Paused<ServiceOf<TRef>>> {
  const backend = createBackend();
  const deps: { readonly service: AnyServiceRef } = { service: ref };
  let end: () => void;
  const ended = new Promise<void>((resolve) => (end = resolve));
  let starting: Promise<unknown>;
  const made = await new Promise<unknown>((resolve) => {
    backend.add(
      createBackendPlugin({
        pluginId: 'todo',
        register: (env) =>
          env.registerInit({
            deps,
            init: async ({ service }) => {
              resolve(service);
              await ended;
            },
          }),
      }),
    );
    starting = backend.start();
  });
  const proceed = (): Promise<unknown> => {
    end();
    return starting;
  };
  return { service: made as ServiceOf<TRef>, backend, proceed };
}

describeLifecycleService('The lifecycle of a plugin', async () => {
  const { service, backend, proceed } = await pauseInInit(coreServices.lifecycle);
  return { service, startup: proceed, shutdown: () => backend.stop(), dispose: () => backend.stop() };
});

describeRootLifecycleService('The lifecycle of the host', async () => {
  const { service, backend, proceed } = await pauseInInit(coreServices.rootLifecycle);
  return { service, startup: proceed, shutdown: () => backend.stop(), dispose: () => backend.stop() };
});

/** Starts a backend with empty plugins, and hands out one of its root services. */
async function start<TRef extends AnyServiceRef>(ref: TRef, installed: readonly InstalledPlugin[]) {
  const backend = createBackend();
  const init = { deps: {}, init: async () => {} };
  for (const { pluginId, modules } of installed) {
    backend.add(createBackendPlugin({ pluginId, register: (env) => env.registerInit(init) }));
    for (const { moduleId } of modules) {
      backend.add(createBackendModule({ pluginId, moduleId, register: (env) => env.registerInit(init) }));
    }
  }
  let service: unknown;
  backend.add(
    createServiceFactory({
      service: createServiceRef<object>({ id: 'test.observer', scope: 'root' }),
      deps: { observed: ref as AnyServiceRef & { readonly scope: 'root' } },
      factory: ({ observed }) => {
        service = observed;
        return {};
      },
    }),
  );
  await backend.start();
  return { service: service as ServiceOf<TRef>, dispose: () => backend.stop() };
}

describeRootHostService('The host', () =>
  start(coreServices.rootHost, [
    { pluginId: 'todo', modules: [] },
    { pluginId: 'notes', modules: [] },
  ]),
);

describeRootInstanceMetadataService('The metadata of the host', (installed) =>
  start(coreServices.rootInstanceMetadata, installed),
);

describePluginMetadataService('The metadata of a plugin', async (pluginId) => {
  const backend = createBackend();
  const service = new Promise<ServiceOf<typeof coreServices.pluginMetadata>>((resolve) => {
    backend.add(
      createBackendPlugin({
        pluginId,
        register: (env) =>
          env.registerInit({
            deps: { metadata: coreServices.pluginMetadata },
            init: async ({ metadata }) => resolve(metadata),
          }),
      }),
    );
  });
  await backend.start();
  return { service: await service, dispose: () => backend.stop() };
});
