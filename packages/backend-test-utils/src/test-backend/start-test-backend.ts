import type { RootHostService } from '@bulkhead/backend-plugin-api';
import type { Backend } from '@bulkhead/backend-runtime';
import { createConnection, type ClientConnection } from '@bulkhead/openapi/client';
import type { JsonObject } from '@bulkhead/types';
import type TestAgent from 'supertest/lib/agent.js';
import { mockCredentials, type MockCredentials } from '../credentials/mock-credentials.ts';
import { mockServices } from '../mock-services/index.ts';
import type { MockLogger } from '../mock-services/logger.ts';
import { stopAfterTests } from '../stop-after-tests.ts';
import type { TestDatabase } from '../test-database/index.ts';
import { completeFeatures, type FakeExtensionPoint, type TestFeature } from './features.ts';
import type { ServiceOverrides } from './service-overrides.ts';
import { TestDeployment } from './test-deployment.ts';
import type { TestHost } from './test-host.ts';

/** What {@link startTestBackend} takes. */
export interface TestBackendOptions<TPoints extends readonly unknown[] = readonly unknown[]> {
  /** The plugins and modules under test, and what else they need. */
  readonly features: readonly TestFeature[];
  /** The configuration, laid over that of the kit (loopback, a port of the system's choosing). */
  readonly config?: JsonObject;
  /** What stands in for core services, by name: instances, which all plugins share, or factories. */
  readonly services?: ServiceOverrides;
  /** Offered to the modules under test in place of what their plugin would offer. */
  readonly extensionPoints?: readonly [...{ [Index in keyof TPoints]: FakeExtensionPoint<TPoints[Index]> }];
  /**
   * How many hosts to start over one database; requests go to them in turn. With two, a plugin that keeps state in
   * memory fails its tests. Defaults to 1.
   */
  readonly replicas?: number;
  /** Who `agent` is. Defaults to `mockCredentials.user()`. */
  readonly credentials?: MockCredentials<unknown>;
  /** A database that the test holds, for example to fill it beforehand. Defaults to a fresh one, if one is needed. */
  readonly database?: TestDatabase;
  /** Whether modules whose plugin is missing get an empty one. Defaults to true. */
  readonly emptyPlugins?: boolean;
  /** Also writes the log to the standard error stream. Defaults to false. */
  readonly print?: boolean;
}

/** A host that runs for a test, or several over one database. */
export interface TestBackend extends AsyncDisposable {
  /** Sends requests as `credentials`: `agent.get('/api/todo/todos')`. */
  readonly agent: TestAgent;
  /** Sends requests without credentials. */
  readonly anonymous: TestAgent;
  /** Sends requests as somebody else. */
  as(credentials: MockCredentials<unknown>): TestAgent;
  /**
   * A connection for the generated client of a plugin: `new TodoClient(backend.connect('todo'))`. Calls are made once.
   *
   * @param caller - who calls; the same as `agent` unless given
   */
  connect(pluginId: string, caller?: MockCredentials<unknown>): ClientConnection;
  /** Where the backend listens, without a trailing slash. */
  readonly url: string;
  /** The hosts; one unless `replicas` says otherwise. */
  readonly replicas: readonly TestHost[];
  /** The first host. */
  readonly backend: Backend;
  /** What the first host knows about itself. */
  readonly host: RootHostService;
  /** What all hosts log; with several, lines have a field `replica`. Empty when `services` has a logger of its own. */
  readonly logs: MockLogger;
  /** The database of all plugins, seen by its owner; `undefined` when no plugin needs one. */
  readonly database: TestDatabase | undefined;
  /** Replaces the configuration that was given, as if a file had been edited. */
  updateConfig(config: JsonObject): void;
  /** Stops all hosts and starts them anew over the same database. Agents stay usable; `url` may change. */
  restart(): Promise<void>;
  /** Stops everything and drops the database. Happens by itself after the test file; calling it again does nothing. */
  stop(): Promise<void>;
}

/**
 * Starts a real host with real core services: on a free port of the loopback interface, with a database of its own if
 * a plugin asks for one, with the log kept in memory. Default-deny is in force; `agent` has a token.
 *
 * @example
 * ```ts
 * const { agent } = await startTestBackend({
 *   features: [import('./index.ts')],
 *   config: { example: { message: 'Hello' } },
 * });
 * await agent.get('/api/example/greeting').expect(200, { message: 'Hello' });
 * ```
 *
 * @throws what `backend.start()` throws; BulkheadError `ERR_TEST_UNKNOWN_SERVICE`, `ERR_TEST_EXTENSION_POINT_UNUSED`,
 * `ERR_TEST_EXTENSION_POINT_AMBIGUOUS`, `ERR_TEST_DATABASE_SERVER`
 */
export async function startTestBackend<TPoints extends readonly unknown[]>(
  options: TestBackendOptions<TPoints>,
): Promise<TestBackend> {
  const { credentials = mockCredentials.user(), print = false, emptyPlugins = true } = options;
  const extensionPoints: readonly FakeExtensionPoint[] = options.extensionPoints ?? [];
  const logs = mockServices.rootLogger({ print });
  const deployment = await TestDeployment.start({
    additions: await completeFeatures(options.features, { extensionPoints, emptyPlugins }),
    config: options.config ?? {},
    services: options.services ?? {},
    replicas: options.replicas ?? 1,
    database: options.database,
    logs,
  });
  const forget = stopAfterTests(() => deployment.stop());
  const stop = async (): Promise<void> => {
    forget();
    await deployment.stop();
  };
  return {
    agent: deployment.agents.create(credentials),
    anonymous: deployment.agents.create(mockCredentials.none()),
    as: (other) => deployment.agents.create(other),
    connect: (pluginId, caller = credentials) => connect(() => `${deployment.url}/api/${pluginId}`, caller),
    get url() {
      return deployment.url;
    },
    get replicas() {
      return deployment.hosts;
    },
    get backend() {
      return deployment.hosts[0]!.backend;
    },
    get host() {
      return deployment.hosts[0]!.host;
    },
    get database() {
      return deployment.database;
    },
    logs,
    updateConfig: (config) => deployment.updateConfig(config),
    restart: () => deployment.restart(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** @param baseUrl - asked for with each call, since hosts that were restarted listen elsewhere */
function connect(baseUrl: () => string, { token }: MockCredentials<unknown>): ClientConnection {
  const policy = { retries: 0, breakerFailures: 0 };
  return {
    call: (operation, request, options) =>
      createConnection({ baseUrl: baseUrl(), token: token || undefined, policy }).call(operation, request, options),
  };
}
