export { httpRouterServiceFactory } from './http-router-service-factory.ts';
export { DefaultHttpRouterService } from './default-http-router-service.ts';
export { AuthPolicies, type CredentialsDemand } from './auth-policies.ts';
