import type { ServiceDeps, ServiceFactory } from '@bulkhead/backend-plugin-api';
import { viewServices } from '../views/views.ts';
import type { WireServiceFactory, WireServiceRef } from '../wire/wire.ts';
import { translateServiceRef } from './refs.ts';

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

/** Native refs in place of a record of foreign ones. */
export function translateServiceDeps(deps: Readonly<Record<string, WireServiceRef>>): ServiceDeps {
  return Object.fromEntries(Object.entries(deps).map(([name, ref]) => [name, translateServiceRef(ref)]));
}
