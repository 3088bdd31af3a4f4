import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { mountLazyRoutes } from '../lazy-routes/mount-lazy-routes.ts';
import { DefaultPermissionsRegistryService } from './default-permissions-registry-service.ts';
import { createPermissionRoutes, PERMISSIONS_PATH } from './permission-routes.ts';

/** Provides {@link coreServices.permissionsRegistry}, for plugins that ask for it. */
export const permissionsRegistryServiceFactory = createServiceFactory({
  service: coreServices.permissionsRegistry,
  deps: {
    httpAuth: coreServices.httpAuth,
    httpRouter: coreServices.httpRouter,
    lifecycle: coreServices.lifecycle,
    logger: coreServices.logger,
    metadata: coreServices.pluginMetadata,
  },
  factory: ({ httpAuth, httpRouter, lifecycle, logger, metadata }) => {
    const registry = new DefaultPermissionsRegistryService(metadata.getId(), logger);
    // Before any handler of the plugin, one of which may answer everything.
    const { registered } = registry;
    mountLazyRoutes(httpRouter, PERMISSIONS_PATH, (bodyLimit) =>
      createPermissionRoutes({ httpAuth, bodyLimit, registered }),
    );
    lifecycle.addStartupHook(() => registry.close());
    return registry;
  },
});
