import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { readDatabaseSettings } from './database-settings.ts';
import { DefaultDatabaseService } from './default-database.ts';
import { DefaultRootDatabaseService } from './default-root-database.ts';
import { rootDatabaseServiceRef } from './root-database.ts';

/**
 * The database of the process. Costs nothing, and connects nowhere, until a plugin asks for its client. Stops after the
 * plugins, as its shutdown hook is registered before theirs.
 */
export const rootDatabaseServiceFactory = createServiceFactory({
  service: rootDatabaseServiceRef,
  deps: { config: coreServices.rootConfig, logger: coreServices.rootLogger, lifecycle: coreServices.rootLifecycle },
  factory({ config, logger, lifecycle }) {
    const database = new DefaultRootDatabaseService(
      readDatabaseSettings(config),
      logger.child({ service: rootDatabaseServiceRef.id }),
    );
    lifecycle.addShutdownHook(() => database.stop());
    return database;
  },
});

/** A plugin's own place in PostgreSQL. */
export const databaseServiceFactory = createServiceFactory({
  service: coreServices.database,
  deps: { root: rootDatabaseServiceRef, plugin: coreServices.pluginMetadata, logger: coreServices.logger },
  factory: ({ root, plugin, logger }) => new DefaultDatabaseService(root, plugin.getId(), logger),
});

/** Lets the readiness of the process depend on the database, once a plugin uses it. */
export const databaseHealthIndicatorFactory = createServiceFactory({
  service: coreServices.rootHealthIndicators,
  deps: { database: rootDatabaseServiceRef },
  factory: ({ database }) => ({ id: 'database', check: () => database.status }),
});
