import { coreServices, type ServiceFactory } from '@bulkhead/backend-plugin-api';
import { rootDatabaseServiceRef } from '@bulkhead/core-services/database';
import type { JsonObject, JsonValue } from '@bulkhead/types';
import { mockServices } from '../mock-services/index.ts';
import type { MockLogger } from '../mock-services/logger.ts';
import { provideService } from '../provide-service.ts';
import { TestDatabase } from '../test-database/index.ts';
import { createDefaultServices } from './default-services.ts';
import type { Addition } from './features.ts';
import { startRoundRobinProxy, type RoundRobinProxy } from './round-robin-proxy.ts';
import { toServiceFactories, type ServiceOverrides } from './service-overrides.ts';
import { TestAgents } from './test-agents.ts';
import { prepareTestHost, type PreparedTestHost, type TestHost } from './test-host.ts';

/** What {@link TestDeployment} is made of. */
export interface TestDeploymentOptions {
  readonly additions: readonly Addition[];
  readonly config: JsonObject;
  readonly services: ServiceOverrides;
  readonly replicas: number;
  readonly database: TestDatabase | undefined;
  readonly logs: MockLogger;
}

/**
 * Loopback, and a port that nobody else has. What a test leaves hanging, a request or a hook, does not hold up its end for
 * longer than runners are ready to wait.
 */
const TEST_CONFIG: JsonObject = {
  backend: {
    listen: { host: '127.0.0.1', port: 0 },
    lifecycle: { drainTimeout: '1s', shutdownTimeout: '2s' },
  },
};

/** Where no plugin needs a database, the host needs none for the keys of plugins either. */
const WITHOUT_DATABASE: JsonObject = { backend: { auth: { pluginKeyStore: { type: 'memory' } } } };

/** The hosts of a test backend, with what they share. */
export class TestDeployment {
  readonly #options: TestDeploymentOptions;
  readonly #overrides: readonly ServiceFactory[];
  /** Set when there are several hosts. */
  readonly #proxy: RoundRobinProxy | undefined;
  /** Made for these hosts, and dropped with them. */
  #ownDatabase: TestDatabase | undefined;
  #given: JsonObject;
  /** Of the present hosts: those that a restart has replaced must not learn of changes. */
  #config = mockServices.rootConfig();
  #prepared: readonly PreparedTestHost[] = [];
  #hosts: readonly TestHost[] = [];
  #agents: TestAgents | undefined;
  #stopped: Promise<void> | undefined;

  private constructor(options: TestDeploymentOptions, proxy: RoundRobinProxy | undefined) {
    this.#options = options;
    this.#proxy = proxy;
    this.#given = options.config;
    this.#overrides = toServiceFactories(options.services);
  }

  /** Starts the hosts. When one of them fails, none is left behind. */
  static async start(options: TestDeploymentOptions): Promise<TestDeployment> {
    const proxy = options.replicas > 1 ? await startRoundRobinProxy() : undefined;
    try {
      const deployment = new TestDeployment(options, proxy);
      await deployment.#start();
      return deployment;
    } catch (error) {
      await proxy?.stop();
      throw error;
    }
  }

  get hosts(): readonly TestHost[] {
    return this.#hosts;
  }

  get url(): string {
    return this.#proxy?.url ?? this.#hosts[0]!.url;
  }

  get agents(): TestAgents {
    return (this.#agents ??= new TestAgents(this.url));
  }

  get database(): TestDatabase | undefined {
    return this.#options.database ?? this.#ownDatabase;
  }

  updateConfig(given: JsonObject): void {
    this.#given = given;
    this.#config.update({ data: merge(merge(TEST_CONFIG, this.database?.config ?? WITHOUT_DATABASE), given) });
  }

  async restart(): Promise<void> {
    await this.#stopHosts();
    await this.#start();
    this.agents.moveTo(this.url);
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#halt();
    return this.#stopped;
  }

  async #halt(): Promise<void> {
    await this.#stopHosts();
    await this.#proxy?.stop();
    await this.#ownDatabase?.dispose();
  }

  async #stopHosts(): Promise<void> {
    await Promise.all(this.#prepared.map((host) => host.stop()));
  }

  async #start(): Promise<void> {
    this.#config = mockServices.rootConfig();
    this.updateConfig(this.#given);
    const additions = [...this.#options.additions, ...this.#overrides.map((feature) => ({ feature, options: {} }))];
    this.#prepared = Array.from({ length: this.#options.replicas }, (_, replica) =>
      prepareTestHost(additions, createDefaultServices(this.#replacements(replica))),
    );
    try {
      await this.#provideDatabase(this.#prepared[0]!);
      this.#hosts = await Promise.all(this.#prepared.map((host) => host.start()));
    } catch (error) {
      await this.#stopHosts();
      await this.#ownDatabase?.dispose();
      throw error;
    }
    this.#proxy?.setTargets(this.#hosts.map(({ url }) => url));
  }

  #replacements(replica: number): ServiceFactory[] {
    const rootConfig = mockServices.rootConfig.factory(this.#config);
    const { logs } = this.#options;
    if (!this.#proxy) return [rootConfig, mockServices.rootLogger.factory(logs)];
    return [
      rootConfig,
      provideService(coreServices.rootLogger, logs.child({ replica })),
      // Plugins reach each other through the proxy, so their calls are spread as well.
      mockServices.discovery.factory({ baseUrl: this.#proxy.url }),
    ];
  }

  /** Makes a database if the plan says that one will be used. */
  async #provideDatabase(host: PreparedTestHost): Promise<void> {
    if (this.database) return;
    const { services } = await host.plan();
    const isNeeded = services.some(({ scope, deps }) => scope === 'plugin' && deps.includes(rootDatabaseServiceRef.id));
    if (!isNeeded) return;
    this.#ownDatabase = await TestDatabase.create();
    this.updateConfig(this.#given);
  }
}

/** Objects are merged, everything else is replaced. */
function merge(base: JsonObject, over: JsonObject): JsonObject {
  const merged: JsonObject = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isObject(below) && isObject(value) ? merge(below, value) : value;
  }
  return merged;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
