import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { DefaultPermissionsService } from './default-permissions-service.ts';

/** Provides {@link coreServices.permissions}: one instance for all plugins. */
export const permissionsServiceFactory = createServiceFactory({
  service: coreServices.permissions,
  deps: { config: coreServices.rootConfig },
  createRootContext: ({ config }) =>
    new DefaultPermissionsService({ enabled: config.getOptionalBoolean('permission.enabled') ?? false }),
  factory: (_deps, permissions) => permissions,
});
