export { rootHttpRouterServiceFactory } from './root-http-router-service-factory.ts';
export { DefaultRootHttpRouterService } from './default-root-http-router-service.ts';
