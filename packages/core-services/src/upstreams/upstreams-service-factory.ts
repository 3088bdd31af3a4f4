import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { DefaultUpstreamsService } from './default-upstreams-service.ts';
import { upstreamsServiceRef } from './upstreams-service.ts';
import { readUpstreamsSettings } from './upstreams-settings.ts';

/** Provides {@link upstreamsServiceRef}. */
export const upstreamsServiceFactory = createServiceFactory({
  service: upstreamsServiceRef,
  deps: { config: coreServices.rootConfig, logger: coreServices.rootLogger },
  factory: ({ config, logger }) => new DefaultUpstreamsService({ settings: readUpstreamsSettings(config), logger }),
});
