import { createServiceRef, type ServiceRef } from './service-ref.ts';
import type { ActionsRegistryService, ActionsService } from './services/actions.ts';
import type { AuditorService } from './services/auditor.ts';
import type { AuthService, HttpAuthService, UserInfoService } from './services/auth.ts';
import type { CacheService } from './services/cache.ts';
import type { ConfigService, RootConfigService } from './services/config.ts';
import type { DatabaseService } from './services/database.ts';
import type { DiscoveryService } from './services/discovery.ts';
import type { EventsService } from './services/events.ts';
import type { HealthIndicator, RootHealthService } from './services/health.ts';
import type { RootHostService } from './services/host.ts';
import type { HttpRouterService, RootHttpRouterService } from './services/http.ts';
import type { LifecycleService, RootLifecycleService } from './services/lifecycle.ts';
import type { LoggerService, RootLoggerService } from './services/logger.ts';
import type {
  PluginMetadataService,
  RootInstanceMetadataService,
  RootSystemMetadataService,
} from './services/metadata.ts';
import type { MetricsService } from './services/metrics.ts';
import type { PermissionsRegistryService, PermissionsService } from './services/permissions.ts';
import type { SchedulerService } from './services/scheduler.ts';
import type { TracingService } from './services/tracing.ts';
import type { UrlReaderService } from './services/url-reader.ts';

function plugin<TService>(name: string): ServiceRef<TService, 'plugin', 'singleton'> {
  return createServiceRef<TService>({ id: `core.${name}` });
}

function root<TService>(name: string): ServiceRef<TService, 'root', 'singleton'> {
  return createServiceRef<TService>({ id: `core.${name}`, scope: 'root' });
}

/**
 * The services that every host provides. The id of `coreServices.<name>` is `core.<name>`, but for those that have another
 * one where they come from.
 */
export const coreServices = {
  /** Invokes the actions of plugins. */
  actions: createServiceRef<ActionsService>({ id: 'alpha.core.actions' }),
  /** What the plugin lets others do by name. */
  actionsRegistry: createServiceRef<ActionsRegistryService>({ id: 'alpha.core.actionsRegistry' }),
  /** Records who did what. */
  auditor: plugin<AuditorService>('auditor'),
  /** Tokens, and the credentials behind them. */
  auth: plugin<AuthService>('auth'),
  /** Keeps values for a while. */
  cache: plugin<CacheService>('cache'),
  /** The section of the configuration under the plugin's own id. */
  config: plugin<ConfigService>('config'),
  /** The plugin's own PostgreSQL schema. */
  database: plugin<DatabaseService>('database'),
  /** Finds plugins, wherever they run. */
  discovery: plugin<DiscoveryService>('discovery'),
  /** Tells other plugins what has happened, and learns it from them. */
  events: createServiceRef<EventsService>({ id: 'events.service' }),
  /** Credentials of HTTP requests. */
  httpAuth: plugin<HttpAuthService>('httpAuth'),
  /** The plugin's router at `/api/<pluginId>`. */
  httpRouter: plugin<HttpRouterService>('httpRouter'),
  /** Hooks into the life of the plugin. */
  lifecycle: plugin<LifecycleService>('lifecycle'),
  /** The plugin's logger. */
  logger: plugin<LoggerService>('logger'),
  /** Measures what the plugin does. */
  metrics: createServiceRef<MetricsService>({ id: 'alpha.core.metrics' }),
  /** Asks the permission policy. */
  permissions: plugin<PermissionsService>('permissions'),
  /** What the plugin lets the permission policy decide about. */
  permissionsRegistry: plugin<PermissionsRegistryService>('permissionsRegistry'),
  /** The id under which the plugin is installed. */
  pluginMetadata: plugin<PluginMetadataService>('pluginMetadata'),
  /** The whole configuration. */
  rootConfig: root<RootConfigService>('rootConfig'),
  /** Liveness and readiness of the process. */
  rootHealth: root<RootHealthService>('rootHealth'),
  /** What the readiness depends on; any number of factories may provide one. */
  rootHealthIndicators: createServiceRef<HealthIndicator>({
    id: 'core.rootHealthIndicators',
    scope: 'root',
    multiton: true,
  }),
  /** What the host knows about itself. */
  rootHost: root<RootHostService>('rootHost'),
  /** The router of the process, for paths outside of `/api`. */
  rootHttpRouter: root<RootHttpRouterService>('rootHttpRouter'),
  /** What is installed in this process. */
  rootInstanceMetadata: root<RootInstanceMetadataService>('rootInstanceMetadata'),
  /** Hooks into the life of the process. */
  rootLifecycle: root<RootLifecycleService>('rootLifecycle'),
  /** The logger of the process. */
  rootLogger: root<RootLoggerService>('rootLogger'),
  /** What is installed in the whole deployment. */
  rootSystemMetadata: root<RootSystemMetadataService>('rootSystemMetadata'),
  /** Recurring tasks. */
  scheduler: plugin<SchedulerService>('scheduler'),
  /** Traces what the plugin does. */
  tracing: createServiceRef<TracingService>({ id: 'alpha.core.tracing' }),
  /** Reads from hosts that the configuration allows. */
  urlReader: plugin<UrlReaderService>('urlReader'),
  /** Claims of a user. */
  userInfo: plugin<UserInfoService>('userInfo'),
} as const;
