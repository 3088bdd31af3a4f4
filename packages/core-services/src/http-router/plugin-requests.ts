import type { DiscoveryService, HttpAuthService, HttpRoutes, LoggerService } from '@bulkhead/backend-plugin-api';
import type { Express, Handler, Request } from 'express';
import { acceptBody } from '../http-server/body-limit.ts';
import { wrongMethod } from '../http-server/errors.ts';
import type { Exchange } from '../http-server/exchange.ts';
import { prepareForExpress, serveWithExpress } from '../http-server/express-app.ts';
import type { HttpServerService, PluginMount } from '../http-server/http-server-service.ts';
import { pathOf, PLUGIN_PREFIX, relativeTarget } from '../http-server/request-target.ts';
import { refuseUnknownPath } from '../http-server/root-routes.ts';
import { findAllowedMethods } from './allowed-methods.ts';
import { AuthPolicies, type CredentialsDemand } from './auth-policies.ts';
import { UpgradeHandlers } from './upgrade-handlers.ts';

/** What {@link PluginRequests} is made of. */
export interface PluginRequestsOptions {
  readonly pluginId: string;
  readonly logger: LoggerService;
  readonly server: HttpServerService;
  readonly httpAuth: HttpAuthService;
  /** Whether requests need no credentials at all. */
  readonly isDefaultPolicyDisabled: boolean;
  /** Tells where users reach the plugin. */
  readonly discovery?: DiscoveryService;
}

/** Demanded of requests that the default policy lets in. */
const USER_OR_SERVICE = ['user', 'service'] as const;

/** The way of a request from the mount of a plugin to the plugin's handlers: credentials, limits, Express. */
export class PluginRequests implements PluginMount {
  readonly pluginId: string;
  readonly logger: LoggerService;
  readonly policies = new AuthPolicies();
  readonly upgradeHandlers = new UpgradeHandlers();
  readonly #server: HttpServerService;
  readonly #httpAuth: HttpAuthService;
  readonly #isDefaultPolicyDisabled: boolean;
  readonly #mountPath: string;
  readonly #bodyLimit: number;
  readonly #onUnanswered = (exchange: Exchange): void => this.#refuseUnanswered(exchange);
  #app: Express | undefined;
  readonly #discovery: DiscoveryService | undefined;
  #routes: HttpRoutes | undefined;

  constructor({ pluginId, logger, server, httpAuth, isDefaultPolicyDisabled, discovery }: PluginRequestsOptions) {
    this.#discovery = discovery;
    this.pluginId = pluginId;
    this.logger = logger;
    this.#server = server;
    this.#httpAuth = httpAuth;
    this.#isDefaultPolicyDisabled = isDefaultPolicyDisabled;
    this.#mountPath = `${PLUGIN_PREFIX}${pluginId}`;
    this.#bodyLimit = server.getBodyLimit(pluginId);
  }

  /** Adds a handler to the plugin's Express application, which is made on first need. */
  use(handler: Handler): void {
    this.#app ??= this.#server.createApp();
    this.#app.use(handler);
  }

  get routes(): HttpRoutes | undefined {
    return this.#routes;
  }

  async getExternalBaseUrl(): Promise<string> {
    return this.#discovery?.getExternalBaseUrl(this.pluginId) ?? this.#mountPath;
  }

  /** Serves the routes of a contract. */
  serve(routes: HttpRoutes): void {
    this.#routes = routes;
  }

  handle(exchange: Exchange): void {
    const request = exchange.request as Request;
    request.url = relativeTarget(exchange.target, this.#mountPath.length);
    request.baseUrl = this.#mountPath;
    request.originalUrl = exchange.target;
    const found = this.#routes?.find(exchange.method, pathOf(request.url));
    void found;
    const demand = this.#isDefaultPolicyDisabled ? 'nothing' : this.policies.demandAt(pathOf(request.url));
    if (exchange.upgradeHead !== undefined) {
      void this.#upgrade(exchange, exchange.upgradeHead, demand);
    } else if (demand === 'nothing') {
      this.#serve(exchange);
    } else {
      void this.#serveKnown(exchange, demand);
    }
  }

  async #serveKnown(exchange: Exchange, demand: CredentialsDemand): Promise<void> {
    try {
      await this.#demandCredentials(exchange, demand);
      if (exchange.isAnswerable) {
        this.#serve(exchange);
      }
    } catch (error) {
      exchange.fail(error);
    }
  }

  async #demandCredentials(exchange: Exchange, demand: CredentialsDemand): ReturnType<HttpAuthService['credentials']> {
    if (this.#app) {
      prepareForExpress(this.#app, exchange);
    }
    return this.#httpAuth.credentials(
      exchange.request as Request,
      demand === 'nothing' ? undefined : { allow: USER_OR_SERVICE, allowLimitedAccess: demand === 'limited' },
    );
  }

  #serve(exchange: Exchange): void {
    acceptBody(exchange, this.#bodyLimit);
    if (this.#app) {
      serveWithExpress(this.#app, exchange, this.#onUnanswered);
    } else {
      refuseUnknownPath(exchange);
    }
  }

  #refuseUnanswered(exchange: Exchange): void {
    const path = pathOf(exchange.target);
    const methods = this.#app ? findAllowedMethods(this.#app, relativeTarget(path, this.#mountPath.length)) : [];
    if (methods.length === 0 || methods.includes(exchange.method)) {
      refuseUnknownPath(exchange);
    } else {
      exchange.refuse(wrongMethod(exchange.method, path, methods), { Allow: methods.join(', ') });
    }
  }

  async #upgrade(exchange: Exchange, head: Buffer, demand: CredentialsDemand): Promise<void> {
    try {
      const credentials = await this.#demandCredentials(exchange, demand);
      const { request, socket } = exchange;
      const handler = this.upgradeHandlers.find(pathOf(request.url ?? '/'));
      if (!handler) {
        refuseUnknownPath(exchange);
      } else if (exchange.isAnswerable) {
        this.#server.releaseUpgrade(exchange);
        handler({ request, socket, head, credentials });
      }
    } catch (error) {
      exchange.fail(error);
      if (exchange.isOver) {
        exchange.socket.destroy();
      }
    }
  }
}
