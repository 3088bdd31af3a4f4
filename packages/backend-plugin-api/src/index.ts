// Features
export { createBackendPlugin, type BackendPluginOptions } from './plugin.ts';
export { createBackendModule, type BackendModuleOptions } from './module.ts';
export {
  createBackendFeatureLoader,
  type FeatureLoader,
  type FeatureLoaderOptions,
  type FeatureSource,
  type LoadedFeatures,
} from './feature-loader.ts';
export type {
  BackendFeature,
  ForeignFeature,
  InitRegistration,
  ModuleFeature,
  ModuleRegistration,
  PluginFeature,
  PluginRegistration,
} from './feature.ts';
export type {
  ExtensionPointOptions,
  ModuleDeps,
  ModuleEnvironment,
  PluginDeps,
  PluginEnvironment,
  RegisterConnection,
  RegisterExtensionPoint,
  ResolvedModuleDeps,
} from './registration.ts';

// Services and extension points
export {
  createServiceRef,
  type AnyServiceRef,
  type DefaultFactoryLoader,
  type ServiceMultiplicity,
  type ServiceOf,
  type ServiceRef,
  type ServiceRefOptions,
  type ServiceScope,
} from './service-ref.ts';
export {
  createServiceFactory,
  type ResolvedDeps,
  type RootServiceDeps,
  type ServiceDeps,
  type ServiceFactory,
  type ServiceFactoryOptions,
  type ServiceInitialization,
} from './service-factory.ts';
export {
  createExtensionPoint,
  type ExtensionPoint,
  type ExtensionPointContext,
  type ExtensionPointRegistration,
} from './extension-point.ts';
export { isModuleId, isPluginId, isServiceId } from './ids.ts';
export {
  narrowConnections,
  type ConnectionLookup,
  type ConnectionRegistration,
  type ConnectionsService,
} from './connections.ts';

// Core services
export { coreServices } from './core-services.ts';
export type {
  ActionAttributes,
  ActionContext,
  ActionExample,
  ActionInvocation,
  ActionOptions,
  ActionsRegistryService,
  ActionsService,
  ListedAction,
} from './services/actions.ts';
export type { AuditEvent, AuditEventOptions, AuditorService, AuditSeverity } from './services/auditor.ts';
export type {
  AuthService,
  Credentials,
  HttpAuthService,
  NonePrincipal,
  PrincipalTypes,
  ServiceAccessRestrictions,
  ServicePrincipal,
  UserInfo,
  UserInfoService,
  UserPrincipal,
} from './services/auth.ts';
export type { CacheDefaults, CacheOptions, CacheService } from './services/cache.ts';
export type { ConfigService, RootConfigService } from './services/config.ts';
export type { DatabaseService } from './services/database.ts';
export type { DiscoveryService } from './services/discovery.ts';
export type {
  EventParams,
  EventsService,
  EventsServiceEventHandler,
  EventsServiceSubscribeOptions,
} from './services/events.ts';
export type { HealthAnswer, HealthIndicator, RootHealthService } from './services/health.ts';
export type {
  HostPhase,
  ModuleStartupResult,
  PluginFault,
  PluginPhase,
  PluginStartupResult,
  PluginState,
  RootHostService,
  StartupFailure,
  StartupReport,
  StartupStep,
} from './services/host.ts';
export type {
  CreateHttpApplication,
  HttpApplication,
  HttpApplicationPlace,
  HttpApplicationUpgrade,
} from './services/http-application.ts';
export type { HttpAuthPolicy, HttpRouterService, RootHttpRouterService, UpgradeRequest } from './services/http.ts';
export type { HttpRoute, HttpRouteAccess, HttpRouteCall, HttpRouteMatch, HttpRoutes } from './services/http-routes.ts';
export type {
  LifecycleHook,
  LifecycleHookOptions,
  LifecycleService,
  RootLifecycleService,
} from './services/lifecycle.ts';
export type { LoggerService, RootLoggerService } from './services/logger.ts';
export type {
  InstalledPlugin,
  PluginMetadataService,
  RootInstanceMetadataService,
  RootSystemMetadataService,
} from './services/metadata.ts';
export type {
  MetricAttributes,
  MetricAttributeValue,
  MetricOptions,
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceGauge,
  MetricsServiceHistogram,
  MetricsServiceObservable,
  MetricsServiceObservableCallback,
  MetricsServiceObservableResult,
  MetricsServiceUpDownCounter,
} from './services/metrics.ts';
export type {
  ConditionalDecision,
  DefinitiveDecision,
  Permission,
  PermissionRequest,
  PermissionResourceType,
  PermissionRule,
  PermissionsRegistryService,
  PermissionsService,
} from './services/permissions.ts';
export type {
  ScheduledTaskRunner,
  SchedulerService,
  TaskDescription,
  TaskDuration,
  TaskFunction,
  TaskInvocation,
  TaskSchedule,
} from './services/scheduler.ts';
export { readTaskScheduleFromConfig } from './task-schedule.ts';
export type {
  TracingService,
  TracingServiceAttributes,
  TracingServiceAttributeValue,
  TracingServiceBaggage,
  TracingServiceBaggageEntry,
  TracingServiceContext,
  TracingServiceContextAPI,
  TracingServicePropagationAPI,
  TracingServiceSpan,
  TracingServiceSpanKind,
  TracingServiceSpanOptions,
  TracingServiceSpanStatus,
} from './services/tracing.ts';
export type {
  ReadTreeOptions,
  ReadTreeResponse,
  ReadUrlOptions,
  ReadUrlResponse,
  SearchUrlOptions,
  SearchUrlResponse,
  UrlFile,
  UrlReaderService,
} from './services/url-reader.ts';

// Around the code of a plugin
export { captureCallSite } from './call-site.ts';
export { executionContext, type ExecutionContext } from './execution-context.ts';
export { isInside, resolvePackagePath, resolveSafeChildPath } from './paths.ts';
