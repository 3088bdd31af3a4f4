import type { ServiceFactory } from '@bulkhead/backend-plugin-api';
import { actionsServiceFactory } from '@bulkhead/core-services/actions';
import { actionsRegistryServiceFactory } from '@bulkhead/core-services/actions-registry';
import { apiDocumentsServiceFactory } from '@bulkhead/core-services/api-documents';
import { auditorServiceFactory } from '@bulkhead/core-services/auditor';
import { authServiceFactory } from '@bulkhead/core-services/auth';
import { cacheServiceFactory } from '@bulkhead/core-services/cache';
import { clientsServiceFactory } from '@bulkhead/core-services/clients';
import { configServiceFactory } from '@bulkhead/core-services/config';
import {
  databaseHealthIndicatorFactory,
  databaseServiceFactory,
  rootDatabaseServiceFactory,
} from '@bulkhead/core-services/database';
import { discoveryServiceFactory } from '@bulkhead/core-services/discovery';
import { eventsServiceFactory } from '@bulkhead/core-services/events';
import { httpAuthServiceFactory } from '@bulkhead/core-services/http-auth';
import { httpRouterServiceFactory } from '@bulkhead/core-services/http-router';
import { instanceMetadataServiceFactory } from '@bulkhead/core-services/instance-metadata';
import { loggerServiceFactory } from '@bulkhead/core-services/logger';
import { metricsServiceFactory } from '@bulkhead/core-services/metrics';
import { pluginKeysServiceFactory } from '@bulkhead/core-services/plugin-keys';
import { permissionsServiceFactory } from '@bulkhead/core-services/permissions';
import { permissionsRegistryServiceFactory } from '@bulkhead/core-services/permissions-registry';
import { rootHealthServiceFactory } from '@bulkhead/core-services/root-health';
import { rootHttpRouterServiceFactory } from '@bulkhead/core-services/root-http-router';
import { rootLoggerServiceFactory } from '@bulkhead/core-services/root-logger';
import { rootSystemMetadataServiceFactory } from '@bulkhead/core-services/root-system-metadata';
import { schedulerServiceFactory } from '@bulkhead/core-services/scheduler';
import { tracingServiceFactory } from '@bulkhead/core-services/tracing';
import { urlReaderServiceFactory } from '@bulkhead/core-services/url-reader';
import { userInfoServiceFactory } from '@bulkhead/core-services/user-info';

/** The default implementation of every core service but the configuration, which `createBackend()` makes itself. */
export const defaultServiceFactories: readonly ServiceFactory[] = [
  actionsRegistryServiceFactory,
  actionsServiceFactory,
  apiDocumentsServiceFactory,
  auditorServiceFactory,
  authServiceFactory,
  cacheServiceFactory,
  clientsServiceFactory,
  configServiceFactory,
  databaseHealthIndicatorFactory,
  databaseServiceFactory,
  discoveryServiceFactory,
  eventsServiceFactory,
  httpAuthServiceFactory,
  httpRouterServiceFactory,
  instanceMetadataServiceFactory,
  loggerServiceFactory,
  metricsServiceFactory,
  permissionsRegistryServiceFactory,
  permissionsServiceFactory,
  pluginKeysServiceFactory,
  rootDatabaseServiceFactory,
  rootHealthServiceFactory,
  rootHttpRouterServiceFactory,
  rootLoggerServiceFactory,
  rootSystemMetadataServiceFactory,
  schedulerServiceFactory,
  tracingServiceFactory,
  urlReaderServiceFactory,
  userInfoServiceFactory,
];
