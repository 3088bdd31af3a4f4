import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { clientsServiceRef } from '@bulkhead/openapi';
import { DefaultPermissionsService } from './default-permissions-service.ts';
import { PermissionClient } from './permission-client.ts';
import { PERMISSION_PLUGIN } from './permission-operation.ts';

/** Provides {@link coreServices.permissions}. */
export const permissionsServiceFactory = createServiceFactory({
  service: coreServices.permissions,
  deps: { config: coreServices.rootConfig, clients: clientsServiceRef },
  createRootContext: ({ config }) => ({
    enabled: config.getOptionalBoolean('permission.enabled') ?? false,
    batches: config.getOptionalBoolean('permission.EXPERIMENTAL_enableBatchedRequests') ?? false,
  }),
  factory: ({ clients }, { enabled, batches }) => {
    if (!enabled) return new DefaultPermissionsService();
    const connect = (): ReturnType<typeof clients.connect> => clients.connect(PERMISSION_PLUGIN);
    return new DefaultPermissionsService({ client: new PermissionClient({ connect, batches }) });
  },
});
