import type {
  HttpAuthService,
  LoggerService,
  PluginPhase,
  PluginState,
  RootHostService,
  StartupReport,
} from '@bulkhead/backend-plugin-api';
import { ConfigReader } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import {
  createConfiguredTokenHandler,
  DefaultAuthService,
  readExternalAccess,
  StaticExternalTokens,
} from '../../src/auth/index.ts';
import { HostAccess } from '../../src/auth/host-access.ts';
import { DefaultHttpAuthService } from '../../src/http-auth/index.ts';
import { DefaultHttpRouterService } from '../../src/http-router/index.ts';
import { createCrossOriginHandler } from '../../src/http-server/cross-origin.ts';
import { createHostEndpoints } from '../../src/http-server/host-endpoints.ts';
import { readHealthHeaders } from '../../src/http-server/health-headers.ts';
import { createPageHeaders, createSecurityHeaders } from '../../src/http-server/security-headers.ts';
import { DefaultHttpServerService, readHttpServerSettings, type AccessLogEntry } from '../../src/http-server/index.ts';
import { DefaultRootHealthService } from '../../src/root-health/index.ts';
import { RawClient } from './raw-client.ts';

/** A token that {@link startTestHost} accepts. */
export const TOKEN = 'a-token-for-tests';

/** A line of the log. */
export interface LogLine {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  readonly message: string;
  readonly meta: Error | JsonObject | undefined;
}

/** Keeps log lines for looking at. */
export class LogRecorder implements LoggerService {
  readonly lines: LogLine[] = [];
  readonly error = this.#taking('error');
  readonly warn = this.#taking('warn');
  readonly info = this.#taking('info');
  readonly debug = this.#taking('debug');

  child(): LoggerService {
    return this;
  }

  #taking(level: LogLine['level']): (message: string, meta?: Error | JsonObject) => void {
    return (message, meta) => void this.lines.push({ level, message, meta });
  }
}

/** The host's account of its plugins, steered by the test. */
export class TestRootHost implements RootHostService {
  phase: ReturnType<RootHostService['getPhase']> = 'ready';
  report: StartupReport | undefined;
  readonly #plugins = new Map<string, PluginState>();
  readonly listeners = new Set<(pluginId: string | undefined) => void>();

  set(pluginId: string, phase: PluginPhase, failure?: Error): void {
    this.#plugins.set(pluginId, { pluginId, phase, failure, faults: [], faultCount: 0 });
    this.#changed(pluginId);
  }

  setPhase(phase: TestRootHost['phase']): void {
    this.phase = phase;
    this.#changed(undefined);
  }

  #changed(pluginId: string | undefined): void {
    for (const listener of [...this.listeners]) {
      listener(pluginId);
    }
  }

  getPhase(): TestRootHost['phase'] {
    return this.phase;
  }

  getPlugins(): readonly PluginState[] {
    return [...this.#plugins.values()];
  }

  getPlugin(pluginId: string): PluginState | undefined {
    return this.#plugins.get(pluginId);
  }

  getStartupReport(): StartupReport | undefined {
    return this.report;
  }

  onChange(listener: (pluginId: string | undefined) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  reportFault(): void {}
}

/** A running server without a runtime around it. */
export interface TestHost {
  readonly server: DefaultHttpServerService;
  readonly port: number;
  readonly url: string;
  readonly host: TestRootHost;
  readonly logger: LogRecorder;
  /** The requests that are over, in the order in which they ended. */
  readonly accessLog: AccessLogEntry[];
  /** The router of a plugin; the plugin is ready unless the host says otherwise. */
  addPlugin(pluginId: string, httpAuth?: HttpAuthService): DefaultHttpRouterService;
  connect(): Promise<RawClient>;
  /** Waits for the next entry of the access log that comes after the call. */
  nextAccess(): Promise<AccessLogEntry>;
  stop(): Promise<void>;
}

/** How {@link startTestHost} may differ. */
export interface TestHostOptions {
  readonly config?: JsonObject;
  readonly development?: boolean;
}

/** Starts a server on a free port, with an external caller `test` known by {@link TOKEN}. */
export async function startTestHost({ config, development }: TestHostOptions = {}): Promise<TestHost> {
  const { auth, ...backend } = (config?.backend ?? {}) as JsonObject;
  const reader = new ConfigReader({
    ...config,
    backend: {
      listen: { port: 0 },
      ...backend,
      auth: {
        externalAccess: [{ type: 'static', options: { token: TOKEN, subject: 'test' } }],
        ...(auth as JsonObject),
      },
    },
  });
  const logger = new LogRecorder();
  const host = new TestRootHost();
  const accessLog: AccessLogEntry[] = [];
  const accessListeners: ((entry: AccessLogEntry) => void)[] = [];
  const settings = readHttpServerSettings(reader);
  const healthHeaders = readHealthHeaders(reader);
  const server = await DefaultHttpServerService.start({
    settings,
    logger,
    host,
    development,
    accessLog: {
      record(entry) {
        accessLog.push(entry);
        accessListeners.splice(0).forEach((listener) => listener(entry));
      },
    },
    securityHeaders: createSecurityHeaders(reader, settings.secure),
    pageHeaders: createPageHeaders(reader, settings.secure),
    crossOrigin: createCrossOriginHandler(reader),
  });
  const tokens = new StaticExternalTokens(readExternalAccess(reader));
  const isDefaultPolicyDisabled =
    reader.getOptionalBoolean('backend.auth.dangerouslyDisableDefaultAuthPolicy') ?? false;
  const health = new DefaultRootHealthService(host, []);
  const access = new HostAccess(reader, tokens);
  for (const [path, endpoint] of createHostEndpoints({ health, host, access, healthHeaders })) {
    server.addEndpoint(path, endpoint);
  }
  const clients: RawClient[] = [];
  const { url, port } = server.getAddress();
  return {
    server,
    url,
    port,
    host,
    logger,
    accessLog,
    addPlugin(pluginId, httpAuth) {
      if (!host.getPlugin(pluginId)) {
        host.set(pluginId, 'ready');
      }
      const tokenHandlers = [createConfiguredTokenHandler(tokens, pluginId)];
      const authService = new DefaultAuthService({ pluginId, tokenHandlers, isDefaultPolicyDisabled });
      return new DefaultHttpRouterService({
        pluginId,
        logger,
        server,
        httpAuth: httpAuth ?? new DefaultHttpAuthService(authService),
        isDefaultPolicyDisabled,
      });
    },
    async connect() {
      const client = await RawClient.connect(port);
      clients.push(client);
      return client;
    },
    nextAccess: () => new Promise((resolve) => accessListeners.push(resolve)),
    async stop() {
      clients.forEach((client) => client.close());
      await server[Symbol.asyncDispose]();
    },
  };
}
