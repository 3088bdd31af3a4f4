import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { DefaultUserInfoService } from './default-user-info-service.ts';

/** Provides {@link coreServices.userInfo}. */
export const userInfoServiceFactory = createServiceFactory({
  service: coreServices.userInfo,
  deps: {},
  factory: () => new DefaultUserInfoService(),
});
