// The service
export { authServiceFactory } from './auth-service-factory.ts';
export { DefaultAuthService, type DefaultAuthServiceOptions } from './default-auth-service.ts';

// Tokens
export type { TokenHandler, VerifiedToken } from './token-handler.ts';
export {
  createConfiguredTokenHandler,
  externalTokensServiceFactory,
  externalTokensServiceRef,
  StaticExternalTokens,
  type ExternalCaller,
  type ExternalTokensService,
} from './external-tokens-service.ts';
export { readExternalAccess, type ExternalAccess } from './external-access.ts';

// Places for modules
export {
  createExternalTokenHandler,
  externalTokenHandlersServiceRef,
  type ExternalTokenHandler,
} from './external-token-handlers.ts';
export {
  pluginTokenHandlerDecoratorServiceRef,
  type PluginTokens,
  type PluginTokensDecorator,
} from './plugin-token-decorator.ts';

// Credentials
export {
  createCredentials,
  describePrincipal,
  tokenOf,
  type CredentialsOptions,
  type Principal,
} from './credentials.ts';
