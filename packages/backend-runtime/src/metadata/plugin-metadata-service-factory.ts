import { coreServices, createServiceFactory, executionContext } from '@bulkhead/backend-plugin-api';
import { pluginIdRequired } from '../errors.ts';

/**
 * Tells a plugin service which plugin it serves. The container makes each plugin service in the execution context of
 * its plugin, so this is a factory like any other.
 */
export const pluginMetadataServiceFactory = createServiceFactory({
  service: coreServices.pluginMetadata,
  deps: {},
  factory: () => {
    const pluginId = executionContext.current()?.pluginId;
    if (pluginId === undefined) throw pluginIdRequired(coreServices.pluginMetadata.id);
    return { getId: () => pluginId };
  },
});
