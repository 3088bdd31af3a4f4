import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { clientsServiceRef } from '@bulkhead/openapi';
import { DefaultActionsService } from './default-actions-service.ts';

/** Provides {@link coreServices.actions}. */
export const actionsServiceFactory = createServiceFactory({
  service: coreServices.actions,
  deps: { config: coreServices.rootConfig, clients: clientsServiceRef, logger: coreServices.logger },
  factory: (deps) => new DefaultActionsService(deps),
});
