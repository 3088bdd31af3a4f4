import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import { createRouter } from './router.ts';
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
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        metadata: coreServices.pluginMetadata,
      },
      async init({ config, database, discovery, httpAuth, httpRouter, logger, metadata }) {
        const guest = readGuestSettings(config, process.env.NODE_ENV === 'production');
        if (guest.isAllowed) {
          logger.warn('Anybody can sign in as a guest, without any proof.');
        }
        const store = await AuthStore.open(database);
        const keys = new SigningKeys((key) => store.addKey(key));
        const issuer = new UserTokenIssuer(keys, () => discovery.getExternalBaseUrl(metadata.getId()));

        httpRouter.addAuthPolicy({ path: '/guest/token', allow: 'unauthenticated' });
        httpRouter.addAuthPolicy({ path: '/.well-known/jwks.json', allow: 'unauthenticated' });
        httpRouter.addAuthPolicy({ path: '/v1/userinfo', allow: 'user-cookie' });
        httpRouter.use(createRouter({ guests: new GuestStrategy(guest), issuer, store, httpAuth }));
      },
    });
  },
});
