import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { mountLazyRoutes } from '../lazy-routes/mount-lazy-routes.ts';
import { ACTIONS_PATH, createActionRoutes } from './action-routes.ts';
import { DefaultActionsRegistryService } from './default-actions-registry-service.ts';

/** Provides {@link coreServices.actionsRegistry}, for plugins that ask for it. */
export const actionsRegistryServiceFactory = createServiceFactory({
  service: coreServices.actionsRegistry,
  deps: {
    httpAuth: coreServices.httpAuth,
    httpRouter: coreServices.httpRouter,
    logger: coreServices.logger,
    metadata: coreServices.pluginMetadata,
    permissions: coreServices.permissions,
    permissionsRegistry: coreServices.permissionsRegistry,
  },
  factory: ({ httpAuth, httpRouter, metadata, ...deps }) => {
    const registry = new DefaultActionsRegistryService({ ...deps, pluginId: metadata.getId() });
    // Before any handler of the plugin, one of which may answer everything.
    mountLazyRoutes(httpRouter, ACTIONS_PATH, (bodyLimit) => createActionRoutes({ httpAuth, bodyLimit, registry }));
    return registry;
  },
});
