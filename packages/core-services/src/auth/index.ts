// The service
export { authServiceFactory } from './auth-service-factory.ts';
export { DefaultAuthService, type DefaultAuthServiceOptions } from './default-auth-service.ts';

// Tokens
export type { TokenHandler, VerifiedToken } from './token-handler.ts';
export {
  createExternalTokenHandler,
  externalTokensServiceFactory,
  externalTokensServiceRef,
  StaticExternalTokens,
  type ExternalCaller,
  type ExternalTokensService,
} from './external-tokens-service.ts';
export { readExternalAccess, type ExternalAccess } from './external-access.ts';

// Credentials
export {
  createCredentials,
  describePrincipal,
  tokenOf,
  type CredentialsOptions,
  type Principal,
} from './credentials.ts';
