import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { DefaultRootHealthService } from './default-root-health-service.ts';

/** Provides {@link coreServices.rootHealth}. */
export const rootHealthServiceFactory = createServiceFactory({
  service: coreServices.rootHealth,
  deps: { host: coreServices.rootHost, indicators: coreServices.rootHealthIndicators },
  factory: ({ host, indicators }) => new DefaultRootHealthService(host, indicators),
});
