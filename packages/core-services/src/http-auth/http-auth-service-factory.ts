import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { createOriginFilter } from '../http-server/cross-origin.ts';
import { DefaultHttpAuthService } from './default-http-auth-service.ts';
import { userCookieEndpointRef } from './user-cookie-endpoint.ts';

/** Provides {@link coreServices.httpAuth}, and the endpoint at which browsers get their cookie. */
export const httpAuthServiceFactory = createServiceFactory({
  service: coreServices.httpAuth,
  deps: {
    config: coreServices.rootConfig,
    auth: coreServices.auth,
    discovery: coreServices.discovery,
    metadata: coreServices.pluginMetadata,
    cookieEndpoint: userCookieEndpointRef,
  },
  factory({ config, auth, discovery, metadata, cookieEndpoint }) {
    const pluginId = metadata.getId();
    const service = new DefaultHttpAuthService(
      auth,
      () => discovery.getExternalBaseUrl(pluginId),
      createOriginFilter(config),
    );
    cookieEndpoint.add(pluginId, service);
    return service;
  },
});
