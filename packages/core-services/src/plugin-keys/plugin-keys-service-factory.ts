import {
  coreServices,
  createServiceFactory,
  type LoggerService,
  type RootHostService,
  type RootLifecycleService,
} from '@bulkhead/backend-plugin-api';
import { readDatabaseSettings } from '../database/database-settings.ts';
import { rootDatabaseServiceRef, type RootDatabaseService } from '../database/root-database.ts';
import { httpServerServiceRef } from '../http-server/http-server-service.ts';
import { topologyServiceRef } from '../topology/topology-service.ts';
import { createJwksEndpoint, PLUGIN_JWKS_PATH } from './jwks-endpoint.ts';
import { readPluginKeySettings, type PluginKeySettings } from './plugin-key-settings.ts';
import { pluginKeysServiceRef, type PluginKeysService } from './plugin-keys-service.ts';

/**
 * Provides the keys of plugins, and shows their public parts at `/api/<pluginId>/.backstage/auth/v1/jwks.json`. Costs
 * nothing until a plugin issues a token.
 */
export const pluginKeysServiceFactory = createServiceFactory({
  service: pluginKeysServiceRef,
  deps: {
    config: coreServices.rootConfig,
    logger: coreServices.rootLogger,
    host: coreServices.rootHost,
    lifecycle: coreServices.rootLifecycle,
    topology: topologyServiceRef,
    database: rootDatabaseServiceRef,
    server: httpServerServiceRef,
  },
  async factory({ config, logger: rootLogger, host, lifecycle, database, topology, server }) {
    const logger = rootLogger.child({ service: pluginKeysServiceRef.id });
    const { connection, embedded } = readDatabaseSettings(config);
    const hasDatabase = connection !== undefined || process.env.NODE_ENV !== 'production' || embedded.allowInProduction;
    const settings = readPluginKeySettings(config, hasDatabase);
    const replicas = topology.own?.replicas ?? 1;
    if (settings.type === 'memory' && replicas > 1) {
      logger.warn(
        `The public keys of plugins are in the memory of this process, one of ${replicas}, which will refuse each other's tokens. Configure backend.database.connection, or backend.auth.pluginKeyStore.`,
      );
    }
    const keys = await createPluginKeys(settings, { logger, host, lifecycle, database });
    server.addPluginEndpoint(PLUGIN_JWKS_PATH, createJwksEndpoint(keys));
    return keys;
  },
});

async function createPluginKeys(
  settings: PluginKeySettings,
  deps: {
    readonly logger: LoggerService;
    readonly host: RootHostService;
    readonly lifecycle: RootLifecycleService;
    readonly database: RootDatabaseService;
  },
): Promise<PluginKeysService> {
  if (settings.type === 'static') {
    const { StaticPluginKeys } = await import('./static-plugin-keys.ts');
    return StaticPluginKeys.load(settings.keys);
  }
  const { logger, host, lifecycle, database } = deps;
  const [{ RotatingPluginKeys }, { SharedKeys }, { DatabasePublicKeyStore }] = await Promise.all([
    import('./rotating-plugin-keys.ts'),
    import('./shared-keys.ts'),
    import('./database-public-key-store.ts'),
  ]);
  const shared = new SharedKeys({
    store: settings.type === 'database' ? new DatabasePublicKeyStore(database) : undefined,
    pluginIds: () => host.getPlugins().map(({ pluginId }) => pluginId),
    logger,
  });
  lifecycle.addShutdownHook(() => shared.stop());
  return new RotatingPluginKeys(shared, logger);
}
