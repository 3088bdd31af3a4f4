import { coreServices, createServiceFactory, type ServiceFactory } from '@bulkhead/backend-plugin-api';
import type { HostState } from './host-state.ts';

/** Provides what the host knows about itself. */
export function createRootHostServiceFactory(state: HostState): ServiceFactory {
  return createServiceFactory({ service: coreServices.rootHost, deps: {}, factory: () => state });
}
