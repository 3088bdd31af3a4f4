import { coreServices } from '@bulkhead/backend-plugin-api';
import { createMockActionsRegistry } from './actions-registry.ts';
import { createMockActions } from './actions.ts';
import { createMockAuditor } from './auditor.ts';
import { createMockAuth } from './auth.ts';
import { createMockCache } from './cache.ts';
import { createMockConfig, createMockRootConfig } from './config.ts';
import { createMockDatabase } from './database.ts';
import { createMockDiscovery } from './discovery.ts';
import { createMockEvents } from './events.ts';
import { createMockHttpAuth } from './http-auth.ts';
import { createMockHttpRouter, createMockRootHttpRouter } from './http-router.ts';
import { createMockLifecycle, createMockRootLifecycle } from './lifecycle.ts';
import { createMockLogger, createMockRootLogger } from './logger.ts';
import { createMockPluginMetadata, createMockRootInstanceMetadata, createMockRootSystemMetadata } from './metadata.ts';
import { createMockMetrics } from './metrics.ts';
import { mockPluginService, mockRootService } from './mock-service.ts';
import { createMockPermissionsRegistry } from './permissions-registry.ts';
import { createMockPermissions } from './permissions.ts';
import { createMockHealthIndicator, createMockRootHealth } from './root-health.ts';
import { createMockRootHost } from './root-host.ts';
import { createMockScheduler } from './scheduler.ts';
import { createMockTracing } from './tracing.ts';
import { createMockUrlReader } from './url-reader.ts';
import { createMockUserInfo } from './user-info.ts';

/**
 * A mock of each core service: it works, as far as can be without a host, and records how it is called
 * (`mock.calls`, `mock.callsTo('get')`).
 *
 * `mockServices.cache()` makes one for a unit test; `mockServices.cache.factory()` makes a factory that puts one into a
 * test backend.
 *
 * @example
 * ```ts
 * const logger = mockServices.logger();
 * const service = new TodoService({ logger, cache: mockServices.cache() });
 * expect(logger.messages('warn')).toEqual(['The list is long']);
 * ```
 */
export const mockServices = {
  /** Knows the actions that it is told. */
  actions: mockPluginService(coreServices.actions, createMockActions),
  /** Invokes what is registered. */
  actionsRegistry: mockPluginService(coreServices.actionsRegistry, createMockActionsRegistry),
  /** Keeps audit events in `events`. */
  auditor: mockPluginService(coreServices.auditor, createMockAuditor),
  /** Issues and verifies the tokens of `mockCredentials`. */
  auth: mockPluginService(coreServices.auth, createMockAuth),
  /** In memory, with a clock that `advance` moves. */
  cache: mockPluginService(coreServices.cache, createMockCache),
  /** The plugin's section, given as an object; `update` changes it. */
  config: mockPluginService(coreServices.config, createMockConfig),
  /** The real one, over a fresh database that is made on first use. */
  database: mockPluginService(coreServices.database, createMockDatabase),
  /** Knows the plugins that it is told. */
  discovery: mockPluginService(coreServices.discovery, createMockDiscovery),
  /** Brings events to whoever subscribes to it. */
  events: mockPluginService(coreServices.events, createMockEvents),
  /** Accepts the tokens of `mockCredentials`; a request without one is nobody's. */
  httpAuth: mockPluginService(coreServices.httpAuth, createMockHttpAuth),
  /** Default-deny without a host: hand its `app` to supertest. */
  httpRouter: mockPluginService(coreServices.httpRouter, createMockHttpRouter),
  /** Its hooks are run by the test. */
  lifecycle: mockPluginService(coreServices.lifecycle, createMockLifecycle),
  /** Keeps its lines in `lines`. */
  logger: mockPluginService(coreServices.logger, createMockLogger),
  /** Keeps what is measured. */
  metrics: mockPluginService(coreServices.metrics, createMockMetrics),
  /** Allows everything, nothing, or what a function says. */
  permissions: mockPluginService(coreServices.permissions, createMockPermissions),
  /** Keeps what is registered. */
  permissionsRegistry: mockPluginService(coreServices.permissionsRegistry, createMockPermissionsRegistry),
  /** The id of a plugin that need not exist. */
  pluginMetadata: mockPluginService(coreServices.pluginMetadata, createMockPluginMetadata),
  /** The whole configuration, given as an object; `update` changes it. */
  rootConfig: mockRootService(coreServices.rootConfig, createMockRootConfig),
  /** The real one, of a host that stands where the test puts it. */
  rootHealth: mockRootService(coreServices.rootHealth, createMockRootHealth),
  /** Something that the readiness depends on, as healthy as it is told to be. */
  rootHealthIndicator: mockRootService(coreServices.rootHealthIndicators, createMockHealthIndicator),
  /** A host that stands where the test puts it. */
  rootHost: mockRootService(coreServices.rootHost, createMockRootHost),
  /** A root router without a host: hand its `app` to supertest. */
  rootHttpRouter: mockRootService(coreServices.rootHttpRouter, createMockRootHttpRouter),
  /** What is installed in the process, as it is told. */
  rootInstanceMetadata: mockRootService(coreServices.rootInstanceMetadata, createMockRootInstanceMetadata),
  /** Its hooks are run by the test. */
  rootLifecycle: mockRootService(coreServices.rootLifecycle, createMockRootLifecycle),
  /** Keeps its lines in `lines`. */
  rootLogger: mockRootService(coreServices.rootLogger, createMockRootLogger),
  /** What is installed in the deployment, as it is told. */
  rootSystemMetadata: mockRootService(coreServices.rootSystemMetadata, createMockRootSystemMetadata),
  /** Runs a task when the test says so. */
  scheduler: mockPluginService(coreServices.scheduler, createMockScheduler),
  /** Keeps the spans. */
  tracing: mockPluginService(coreServices.tracing, createMockTracing),
  /** Reads given content. */
  urlReader: mockPluginService(coreServices.urlReader, createMockUrlReader),
  /** Knows the users that it is told. */
  userInfo: mockPluginService(coreServices.userInfo, createMockUserInfo),
} as const;
