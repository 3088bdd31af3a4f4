import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { isDefaultPolicyDisabled } from '../auth/default-policy.ts';
import { httpServerServiceRef } from '../http-server/http-server-service.ts';
import { DefaultHttpRouterService } from './default-http-router-service.ts';

/** Provides {@link coreServices.httpRouter}. */
export const httpRouterServiceFactory = createServiceFactory({
  service: coreServices.httpRouter,
  deps: {
    config: coreServices.rootConfig,
    logger: coreServices.logger,
    metadata: coreServices.pluginMetadata,
    httpAuth: coreServices.httpAuth,
    discovery: coreServices.discovery,
    server: httpServerServiceRef,
  },
  factory: ({ config, logger, metadata, httpAuth, discovery, server }) =>
    new DefaultHttpRouterService({
      pluginId: metadata.getId(),
      logger,
      server,
      httpAuth,
      discovery,
      isDefaultPolicyDisabled: isDefaultPolicyDisabled(config),
    }),
});
