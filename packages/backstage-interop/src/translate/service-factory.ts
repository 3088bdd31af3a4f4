import type { ServiceFactory } from '@bulkhead/backend-plugin-api';
import { viewServices } from '../views/views.ts';
import type { WireServiceFactory } from '../wire/wire.ts';
import { translateServiceDeps, translateServiceRef } from './refs.ts';

/** The native form of a service factory. What it depends on, it sees as Backstage's code expects it. */
export function translateServiceFactory(wire: WireServiceFactory): ServiceFactory {
  const { service, initialization, deps, createRootContext } = wire;
  return {
    $$type: '@bulkhead/BackendFeature',
    type: 'service',
    service: translateServiceRef(service),
    ...(initialization && { initialization }),
    deps: translateServiceDeps(deps),
    ...(createRootContext && {
      createRootContext: async (resolved) => wire.createRootContext!(viewServices(deps, resolved)),
    }),
    factory: async (resolved, rootContext) => wire.factory(viewServices(deps, resolved), rootContext),
  };
}
