import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { httpServerServiceRef } from '../http-server/http-server-service.ts';
import { DefaultRootHttpRouterService } from './default-root-http-router-service.ts';

/** Provides {@link coreServices.rootHttpRouter}, and with it the server, from the start of the process. */
export const rootHttpRouterServiceFactory = createServiceFactory({
  service: coreServices.rootHttpRouter,
  deps: { server: httpServerServiceRef },
  factory: ({ server }) => new DefaultRootHttpRouterService(server),
});
