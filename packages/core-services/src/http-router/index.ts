export { httpRouterServiceFactory } from './http-router-service-factory.ts';
export { DefaultHttpRouterService } from './default-http-router-service.ts';
export {
  ContractRequests,
  type ContractExchange,
  type ContractRequestsOptions,
  type RequestPath,
} from './contract-requests.ts';
export { RouteCall, type RoutedExchange, type RoutedPlugin, type RoutedTarget } from './route-call.ts';
export { AuthPolicies, type CredentialsDemand } from './auth-policies.ts';
