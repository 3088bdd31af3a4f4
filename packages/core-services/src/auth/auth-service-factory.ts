import {
  coreServices,
  createServiceFactory,
  type LoggerService,
  type RootHostService,
} from '@bulkhead/backend-plugin-api';
import { httpServerServiceRef, type HttpServerService } from '../http-server/http-server-service.ts';
import { pluginKeysServiceRef, type PluginKeysService } from '../plugin-keys/plugin-keys-service.ts';
import { topologyServiceRef, type TopologyService } from '../topology/topology-service.ts';
import { DefaultAuthService } from './default-auth-service.ts';
import { isDefaultPolicyDisabled } from './default-policy.ts';
import { createExternalTokenHandler, externalTokensServiceRef } from './external-tokens-service.ts';
import { Issuers } from './issuers.ts';
import { PluginTokenHandler } from './plugin-token-handler.ts';
import { PluginTokenIssuer, type IssuedToken } from './plugin-token-issuer.ts';
import { UserTokenHandler } from './user-token-handler.ts';
import { VerifiedTokens } from './verified-tokens.ts';

/** How many tokens a process remembers, of all its plugins. */
const MAX_VERIFIED = 10_000;
const MAX_ISSUED = 10_000;

/** Provides {@link coreServices.auth}. */
export const authServiceFactory = createServiceFactory({
  service: coreServices.auth,
  deps: {
    config: coreServices.rootConfig,
    rootLogger: coreServices.rootLogger,
    host: coreServices.rootHost,
    server: httpServerServiceRef,
    topology: topologyServiceRef,
    keys: pluginKeysServiceRef,
    externalTokens: externalTokensServiceRef,
    metadata: coreServices.pluginMetadata,
    logger: coreServices.logger,
    discovery: coreServices.discovery,
  },
  createRootContext: ({ rootLogger, host, server, topology, keys }) =>
    createSharedParts({ logger: rootLogger, host, server, topology, keys }),
  factory: ({ config, keys, externalTokens, metadata, logger, discovery }, { issuers, verified, issued }) => {
    const pluginId = metadata.getId();
    const users = new UserTokenHandler({ issuers, discovery, logger });
    return new DefaultAuthService({
      pluginId,
      tokenHandlers: [
        new PluginTokenHandler({ pluginId, issuers, discovery, logger, users }),
        users,
        createExternalTokenHandler(externalTokens, pluginId),
      ],
      isDefaultPolicyDisabled: isDefaultPolicyDisabled(config),
      verified,
      issuer: new PluginTokenIssuer({ pluginId, keys, issued }),
      keys,
    });
  },
});

/** What the plugins of a process have in common. */
async function createSharedParts(deps: {
  readonly logger: LoggerService;
  readonly host: RootHostService;
  readonly server: HttpServerService;
  readonly topology: TopologyService;
  readonly keys: PluginKeysService;
}) {
  const { LRUCache } = await import('lru-cache');
  return {
    issuers: new Issuers({
      ...deps,
      ownUrl: deps.server.getAddress().url,
      createCache: (max) => new LRUCache({ max }),
    }),
    verified: new VerifiedTokens(new LRUCache({ max: MAX_VERIFIED })),
    issued: new LRUCache<string, IssuedToken>({ max: MAX_ISSUED }),
  };
}
