import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { DefaultAuthService } from './default-auth-service.ts';
import { isDefaultPolicyDisabled } from './default-policy.ts';
import { createExternalTokenHandler, externalTokensServiceRef } from './external-tokens-service.ts';

/** Provides {@link coreServices.auth}. */
export const authServiceFactory = createServiceFactory({
  service: coreServices.auth,
  deps: {
    config: coreServices.rootConfig,
    metadata: coreServices.pluginMetadata,
    externalTokens: externalTokensServiceRef,
  },
  factory: ({ config, metadata, externalTokens }) =>
    new DefaultAuthService({
      pluginId: metadata.getId(),
      tokenHandlers: [createExternalTokenHandler(externalTokens, metadata.getId())],
      isDefaultPolicyDisabled: isDefaultPolicyDisabled(config),
    }),
});
