import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { DefaultPermissionsRegistryService } from './default-permissions-registry-service.ts';
import { createPermissionRoutes } from './permission-routes.ts';

/** Provides {@link coreServices.permissionsRegistry}, for plugins that ask for it. */
export const permissionsRegistryServiceFactory = createServiceFactory({
  service: coreServices.permissionsRegistry,
  deps: {
    httpAuth: coreServices.httpAuth,
    httpRouter: coreServices.httpRouter,
    lifecycle: coreServices.lifecycle,
    metadata: coreServices.pluginMetadata,
  },
  factory: ({ httpAuth, httpRouter, lifecycle, metadata }) => {
    const registry = new DefaultPermissionsRegistryService(metadata.getId());
    // Before any handler of the plugin, one of which may answer everything.
    httpRouter.use(createPermissionRoutes({ httpAuth, registered: registry.registered }));
    lifecycle.addStartupHook(() => registry.close());
    return registry;
  },
});
