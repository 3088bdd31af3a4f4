import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { DefaultHttpAuthService } from './default-http-auth-service.ts';

/** Provides {@link coreServices.httpAuth}. */
export const httpAuthServiceFactory = createServiceFactory({
  service: coreServices.httpAuth,
  deps: { auth: coreServices.auth },
  factory: ({ auth }) => new DefaultHttpAuthService(auth),
});
