import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  type RootHostService,
  type ServiceFactory,
} from '@bulkhead/backend-plugin-api';
import { backstageProtocol } from '@bulkhead/backend-defaults';
import { createSpecializedBackend, type Backend, type Plan } from '@bulkhead/backend-runtime';
import { httpServerServiceRef } from '@bulkhead/core-services/http-server';
import type { Addition } from './features.ts';

/** One running host of a test backend. */
export interface TestHost {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  readonly backend: Backend;
  /** What the host knows about itself: phases, failures, faults. */
  readonly host: RootHostService;
}

/** A host that has been put together and not been started. */
export interface PreparedTestHost {
  plan(): Promise<Plan>;
  start(): Promise<TestHost>;
  stop(): Promise<void>;
}

interface Observation {
  readonly url: string;
  readonly host: RootHostService;
}

const observerRef = createServiceRef<object>({ id: 'test.observer', scope: 'root' });

/** Puts a host together. */
export function prepareTestHost(additions: readonly Addition[], services: readonly ServiceFactory[]): PreparedTestHost {
  let observation: Observation | undefined;
  const observer = createServiceFactory({
    service: observerRef,
    deps: { server: httpServerServiceRef, host: coreServices.rootHost },
    factory: ({ server, host }) => {
      observation = { url: server.getAddress().url, host };
      return {};
    },
  });
  const backend = createSpecializedBackend({
    protocols: [backstageProtocol],
    serviceFactories: [...services, observer],
  });
  for (const { feature, options } of additions) backend.add(feature, options);
  return {
    plan: () => backend.plan(),
    start: async () => {
      await backend.start();
      return { ...observation!, backend };
    },
    stop: () => backend.stop(),
  };
}
