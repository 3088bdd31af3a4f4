import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import { createAuthRoutes } from './generated/routes.ts';
import { createHandlers } from './handlers.ts';
import { AuthStore } from './service/auth-store.ts';
import { SigningKeys } from './service/signing-keys.ts';
import { UserTokenIssuer } from './service/user-token-issuer.ts';
import { readGuestSettings } from './strategies/guest-settings.ts';
import { GuestStrategy } from './strategies/guest-strategy.ts';

/** Signs users in, and issues the tokens by which all plugins know them. */
export const authPlugin = createBackendPlugin({
  pluginId: 'auth',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.config,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        metadata: coreServices.pluginMetadata,
      },
      async init({ config, database, discovery, httpRouter, logger, metadata }) {
        const guest = readGuestSettings(config, process.env.NODE_ENV === 'production');
        if (guest.isAllowed) {
          logger.warn('Anybody can sign in as a guest, without any proof.');
        }
        const store = await AuthStore.open(database);
        const keys = new SigningKeys((key) => store.addKey(key));
        const issuer = new UserTokenIssuer(keys, () => discovery.getExternalBaseUrl(metadata.getId()));

        httpRouter.serve(createAuthRoutes(createHandlers({ guests: new GuestStrategy(guest), issuer, store })));
      },
    });
  },
});
