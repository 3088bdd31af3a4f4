import { ConfigReader } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import type { coreServices } from '../core-services.ts';
import type { ServiceOf } from '../service-ref.ts';
import type { CacheService } from '../services/cache.ts';
import type { RootLifecycleService } from '../services/lifecycle.ts';
import type { LoggerService } from '../services/logger.ts';
import type { PermissionsRegistryService, PermissionsService } from '../services/permissions.ts';
import type { RootHostService } from '../services/host.ts';
import type { SchedulerService } from '../services/scheduler.ts';
import { noSuchAction, noSuchRule, noSuchTask, nothingBehind } from './errors.ts';
import { noopAuth, noopHttpAuth, noopUserInfo } from './noop-auth.ts';
import { noopMetrics, noopTracing } from './noop-telemetry.ts';

/** A maker per core service, under the name that it has in `coreServices`. The two configurations take their data. */
export type NoopServices = {
  readonly [Name in keyof typeof coreServices]: (
    ...options: Name extends 'config' | 'rootConfig' ? [data?: JsonObject] : []
  ) => ServiceOf<(typeof coreServices)[Name]>;
};

/** The plugin for which the stand-ins speak. */
const PLUGIN_ID = 'noop';

/**
 * Makes a silent stand-in for a core service.
 *
 * Each gives the most harmless answer that its interface allows: the cache is empty, permissions are granted, nobody is
 * logged in, configuration has no keys unless some are given. Where there is no such answer (a database client, the
 * content of a URL) the promise is rejected with `ERR_PLUGIN_API_NOOP_SERVICE`.
 *
 * @example
 * ```ts
 * const todos = new TodoList({ logger: noopServices.logger(), config: noopServices.config({ pageSize: 10 }) });
 * ```
 */
export const noopServices: NoopServices = {
  actions: () => ({ list: async () => ({ actions: [] }), invoke: ({ id }) => Promise.reject(noSuchAction(id)) }),
  actionsRegistry: () => ({ register: ignore }),
  auditor: () => ({ createEvent: async () => ({ success: done, fail: done }) }),
  auth: () => noopAuth(PLUGIN_ID),
  cache: noopCache,
  config: (data) => new ConfigReader(data, { path: [PLUGIN_ID] }),
  database: () => ({ getClient: () => Promise.reject(nothingBehind('database')) }),
  discovery: () => ({
    getBaseUrl: async (pluginId) => `http://localhost:7007/api/${encodeURIComponent(pluginId)}`,
    getExternalBaseUrl: async (pluginId) => `http://localhost:7007/api/${encodeURIComponent(pluginId)}`,
  }),
  events: () => ({ publish: done, subscribe: done }),
  httpAuth: noopHttpAuth,
  httpRouter: () => ({ use: ignore, mount: ignore, serve: ignore, addAuthPolicy: ignore, onUpgrade: ignore }),
  lifecycle: noopLifecycle,
  logger: noopLogger,
  metrics: noopMetrics,
  permissions: noopPermissions,
  permissionsRegistry: noopPermissionsRegistry,
  pluginMetadata: () => ({ getId: () => PLUGIN_ID }),
  rootConfig: (data) => new ConfigReader(data),
  rootHealth: () => ({
    getLiveness: async () => ({ status: 200, payload: { status: 'ok' } }),
    getReadiness: async () => ({ status: 200, payload: { status: 'ok' } }),
  }),
  rootHealthIndicators: () => [],
  rootHost: noopHost,
  rootHttpRouter: () => ({ use: ignore, mount: ignore }),
  rootInstanceMetadata: () => ({ getInstalledPlugins: async () => [] }),
  rootLifecycle: noopLifecycle,
  rootLogger: noopLogger,
  rootSystemMetadata: () => ({ getInstalledPlugins: async () => [] }),
  scheduler: noopScheduler,
  tracing: noopTracing,
  urlReader: () => ({
    readUrl: () => Promise.reject(nothingBehind('urlReader')),
    readTree: () => Promise.reject(nothingBehind('urlReader')),
    search: () => Promise.reject(nothingBehind('urlReader')),
  }),
  userInfo: noopUserInfo,
};

function ignore(): void {}

async function done(): Promise<void> {}

function noopLogger(): LoggerService {
  const logger: LoggerService = { error: ignore, warn: ignore, info: ignore, debug: ignore, child: () => logger };
  return logger;
}

function noopCache(): CacheService {
  const cache: CacheService = { get: async () => undefined, set: done, delete: done, withOptions: () => cache };
  return cache;
}

function noopLifecycle(): RootLifecycleService {
  return { addStartupHook: ignore, addShutdownHook: ignore, addBeforeShutdownHook: ignore, addDrainHook: ignore };
}

function noopScheduler(): SchedulerService {
  const unknownTask = (id: string): Promise<void> => Promise.reject(noSuchTask(id));
  return {
    scheduleTask: done,
    createScheduledTaskRunner: () => ({ run: done }),
    triggerTask: unknownTask,
    cancelTask: unknownTask,
    getScheduledTasks: async () => [],
  };
}

function noopPermissions(): PermissionsService {
  const allowAll: PermissionsService['authorize'] = async (requests) => requests.map(() => ({ result: 'ALLOW' }));
  return { authorize: allowAll, authorizeConditional: allowAll };
}

function noopPermissionsRegistry(): PermissionsRegistryService {
  return {
    addPermissions: ignore,
    addPermissionRules: ignore,
    addResourceType: ignore,
    getPermissionRuleset: () => ({
      getRuleByName(name) {
        throw noSuchRule(name);
      },
    }),
  };
}

function noopHost(): RootHostService {
  return {
    getPhase: () => 'ready',
    getPlugins: () => [],
    getPlugin: () => undefined,
    getStartupReport: () => undefined,
    onChange: () => ignore,
    reportFault: ignore,
  };
}
