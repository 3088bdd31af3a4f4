import {
  coreServices,
  createServiceFactory,
  type LoggerService,
  type RootConfigService,
  type RootHostService,
} from '@bulkhead/backend-plugin-api';
import { httpServerServiceRef, type HttpServerService } from '../http-server/http-server-service.ts';
import { pluginKeysServiceRef, type PluginKeysService } from '../plugin-keys/plugin-keys-service.ts';
import { topologyServiceRef, type TopologyService } from '../topology/topology-service.ts';
import { DefaultAuthService } from './default-auth-service.ts';
import { isDefaultPolicyDisabled } from './default-policy.ts';
import { externalTokenHandlersServiceRef, type ExternalTokenHandler } from './external-token-handlers.ts';
import {
  createConfiguredTokenHandler,
  externalTokensServiceRef,
  type ExternalTokensService,
} from './external-tokens-service.ts';
import { Issuers } from './issuers.ts';
import { decoratePluginTokens, pluginTokenHandlerDecoratorServiceRef } from './plugin-token-decorator.ts';
import { PluginTokenHandler } from './plugin-token-handler.ts';
import { PluginTokenIssuer, type IssuedToken } from './plugin-token-issuer.ts';
import type { TokenHandler } from './token-handler.ts';
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
    externalTokenHandlers: externalTokenHandlersServiceRef,
    decoratePluginTokens: pluginTokenHandlerDecoratorServiceRef,
    metadata: coreServices.pluginMetadata,
    logger: coreServices.logger,
    discovery: coreServices.discovery,
  },
  createRootContext: ({ rootLogger, host, server, topology, keys }) =>
    createSharedParts({ logger: rootLogger, host, server, topology, keys }),
  async factory(deps, { issuers, verified, issued }) {
    const { config, keys, metadata, logger, discovery } = deps;
    const pluginId = metadata.getId();
    const users = new UserTokenHandler({ issuers, discovery, logger });
    const plain = {
      handler: new PluginTokenHandler({ pluginId, issuers, discovery, logger, users }),
      issuer: new PluginTokenIssuer({ pluginId, keys, issued }),
    };
    const decoration = { pluginId, keys, issued, users };
    const { handler, issuer } = decoratePluginTokens(plain, deps.decoratePluginTokens, decoration);
    return new DefaultAuthService({
      pluginId,
      tokenHandlers: [handler, users, ...(await createExternalTokenHandlers(pluginId, deps))],
      isDefaultPolicyDisabled: isDefaultPolicyDisabled(config),
      verified,
      issuer,
      keys,
    });
  },
});

/** Those of the host, and those that modules add, if the configuration names any. */
async function createExternalTokenHandlers(
  pluginId: string,
  deps: {
    readonly config: RootConfigService;
    readonly externalTokens: ExternalTokensService;
    readonly externalTokenHandlers: readonly ExternalTokenHandler<unknown>[];
  },
): Promise<TokenHandler[]> {
  const { config, externalTokens, externalTokenHandlers } = deps;
  const handler = createConfiguredTokenHandler(externalTokens, pluginId);
  const { custom = [] } = externalTokens;
  if (custom.length === 0 && externalTokenHandlers.length === 0) return [handler];
  const { createCustomExternalTokens } = await import('./custom-external-tokens.ts');
  const tokens = createCustomExternalTokens(custom, externalTokenHandlers, config);
  return [handler, createConfiguredTokenHandler(tokens, pluginId)];
}

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
