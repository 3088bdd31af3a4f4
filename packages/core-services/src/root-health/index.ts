export { rootHealthServiceFactory } from './root-health-service-factory.ts';
export { DefaultRootHealthService } from './default-root-health-service.ts';
