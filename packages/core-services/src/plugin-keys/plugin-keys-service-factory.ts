import {
  coreServices,
  createServiceFactory,
  type LoggerService,
  type RootHostService,
} from '@bulkhead/backend-plugin-api';
import { readDatabaseSettings } from '../database/database-settings.ts';
import { rootDatabaseServiceRef, type RootDatabaseService } from '../database/root-database.ts';
import { httpServerServiceRef } from '../http-server/http-server-service.ts';
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
    database: rootDatabaseServiceRef,
    server: httpServerServiceRef,
  },
  async factory({ config, logger, host, database, server }) {
    const { connection, embedded } = readDatabaseSettings(config);
    const hasDatabase = connection !== undefined || process.env.NODE_ENV !== 'production' || embedded.allowInProduction;
    const settings = readPluginKeySettings(config, hasDatabase);
    const keys = await createPluginKeys(settings, {
      logger: logger.child({ service: pluginKeysServiceRef.id }),
      host,
      database,
    });
    server.addPluginEndpoint(PLUGIN_JWKS_PATH, createJwksEndpoint(keys));
    return keys;
  },
});

async function createPluginKeys(
  settings: PluginKeySettings,
  deps: { readonly logger: LoggerService; readonly host: RootHostService; readonly database: RootDatabaseService },
): Promise<PluginKeysService> {
  if (settings.type === 'static') {
    const { StaticPluginKeys } = await import('./static-plugin-keys.ts');
    return StaticPluginKeys.load(settings.keys);
  }
  const { logger, host, database } = deps;
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
  return new RotatingPluginKeys(shared, logger);
}
