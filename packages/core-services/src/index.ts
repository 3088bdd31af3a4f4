/**
 * A factory for each core service. What else a service has to offer is exported from its own subpath, for example
 * `@bulkhead/core-services/cache`.
 *
 * @packageDocumentation
 */

// Configuration and logging
export { createRootConfigServiceFactory, rootConfigServiceFactory } from './root-config/root-config-service-factory.ts';
export { configServiceFactory } from './config/config-service-factory.ts';
export { createRootLoggerServiceFactory, rootLoggerServiceFactory } from './root-logger/root-logger-service-factory.ts';
export { loggerServiceFactory } from './logger/logger-service-factory.ts';
export { auditorServiceFactory } from './auditor/auditor-service-factory.ts';

// HTTP
export { httpServerServiceFactory } from './http-server/http-server-service-factory.ts';
export { accessLogServiceFactory } from './http-server/access-log.ts';
export { rootHttpRouterServiceFactory } from './root-http-router/root-http-router-service-factory.ts';
export { httpRouterServiceFactory } from './http-router/http-router-service-factory.ts';
export { apiDocumentsServiceFactory } from './api-documents/api-documents-service-factory.ts';
export { rootHealthServiceFactory } from './root-health/root-health-service-factory.ts';

// Who calls, and whom to call
export { authServiceFactory } from './auth/auth-service-factory.ts';
export { externalTokensServiceFactory } from './auth/external-tokens-service.ts';
export { pluginKeysServiceFactory } from './plugin-keys/plugin-keys-service-factory.ts';
export { httpAuthServiceFactory } from './http-auth/http-auth-service-factory.ts';
export { userInfoServiceFactory } from './user-info/user-info-service-factory.ts';
export { permissionsServiceFactory } from './permissions/permissions-service-factory.ts';
export { permissionsRegistryServiceFactory } from './permissions-registry/permissions-registry-service-factory.ts';
export { clientsServiceFactory } from './clients/clients-service-factory.ts';
export { discoveryServiceFactory } from './discovery/discovery-service-factory.ts';
export { upstreamsServiceFactory } from './upstreams/upstreams-service-factory.ts';
export { rootSystemMetadataServiceFactory } from './root-system-metadata/root-system-metadata-service-factory.ts';

// What happens, and how much of it
export { eventsServiceFactory } from './events/events-service-factory.ts';
export { metricsServiceFactory } from './metrics/metrics-service-factory.ts';
export { tracingServiceFactory } from './tracing/tracing-service-factory.ts';
export { instanceMetadataServiceFactory } from './instance-metadata/instance-metadata-service-factory.ts';

// State
export {
  databaseHealthIndicatorFactory,
  databaseServiceFactory,
  rootDatabaseServiceFactory,
} from './database/database-service-factory.ts';
export { cacheServiceFactory } from './cache/cache-service-factory.ts';

// Work
export { actionsServiceFactory } from './actions/actions-service-factory.ts';
export { actionsRegistryServiceFactory } from './actions-registry/actions-registry-service-factory.ts';
export { schedulerServiceFactory } from './scheduler/scheduler-service-factory.ts';
export { urlReaderServiceFactory } from './url-reader/url-reader-service-factory.ts';
