/**
 * One suite per core service, for every implementation of it. Needs Jest.
 *
 * @packageDocumentation
 */

// Writing suites
export { subjectPerSuite, subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

// Suites
export { describeActionsRegistryService, type ActionsRegistryServiceSubject } from './actions-registry-service.ts';
export { describeActionsService, type ActionsServiceSubject } from './actions-service.ts';
export { describeAuditorService, type AuditedEvent, type AuditorServiceSubject } from './auditor-service.ts';
export { describeAuthService, type AuthServiceSubject } from './auth-service.ts';
export { describeCacheService, type CacheServiceSubject } from './cache-service.ts';
export { describeConfigService, type ConfigServiceSubject } from './config-service.ts';
export { describeDatabaseService, type DatabaseServiceSubject } from './database-service.ts';
export { describeDiscoveryService, type DiscoveryDeployment } from './discovery-service.ts';
export { describeEventsService, type EventsServiceSubject } from './events-service.ts';
export { describeHttpAuthService, type HttpAuthServiceSubject } from './http-auth-service.ts';
export {
  describeHttpRouterService,
  type HttpRouterAbilities,
  type HttpRouterServiceSubject,
} from './http-router-service.ts';
export { describeLifecycleService, type LifecycleServiceSubject } from './lifecycle-service.ts';
export {
  describeLoggerService,
  describeRootLoggerService,
  type LoggedLine,
  type LoggerServiceSubject,
} from './logger-service.ts';
export { describeMetricsService, type CollectedMetric, type MetricsServiceSubject } from './metrics-service.ts';
export {
  describePluginMetadataService,
  describeRootInstanceMetadataService,
  describeRootSystemMetadataService,
} from './metadata-services.ts';
export { describePermissionsRegistryService } from './permissions-registry-service.ts';
export { describePermissionsService } from './permissions-service.ts';
export { describeRootConfigService, type RootConfigServiceSubject } from './root-config-service.ts';
export { describeRootHealthService, type RootHealthServiceSubject } from './root-health-service.ts';
export { describeRootHostService } from './root-host-service.ts';
export { describeRootHttpRouterService, type RootHttpRouterServiceSubject } from './root-http-router-service.ts';
export { describeRootLifecycleService, type RootLifecycleServiceSubject } from './root-lifecycle-service.ts';
export { describeSchedulerService, type SchedulerServiceSubject } from './scheduler-service.ts';
export { describeTracingService, type TracedSpan, type TracingServiceSubject } from './tracing-service.ts';
export {
  describeUrlReaderService,
  type UrlReaderAbilities,
  type UrlReaderServiceSubject,
} from './url-reader-service.ts';
export { describeUserInfoService, type UserInfoServiceSubject } from './user-info-service.ts';
