import type {
  CreateHttpApplication,
  DiscoveryService,
  HttpAuthService,
  HttpRoutes,
  LoggerService,
} from '@bulkhead/backend-plugin-api';
import type { Handler, Request } from 'express';
import { ApplicationChain } from '../http-server/application-chain.ts';
import { acceptBody } from '../http-server/body-limit.ts';
import { wrongMethod } from '../http-server/errors.ts';
import type { Exchange } from '../http-server/exchange.ts';
import type { HttpServerService, PluginMount } from '../http-server/http-server-service.ts';
import { pathOf, PLUGIN_PREFIX, relativeTarget } from '../http-server/request-target.ts';
import { refuseUnknownPath } from '../http-server/root-routes.ts';
import { AuthPolicies, type CredentialsDemand } from './auth-policies.ts';
import { ContractRequests } from './contract-requests.ts';
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

/**
 * The way of a request from the mount of a plugin to the plugin's handlers: the routes of its contract, else credentials
 * by policy, limits, Express.
 */
export class PluginRequests implements PluginMount {
  readonly pluginId: string;
  readonly logger: LoggerService;
  readonly policies = new AuthPolicies();
  readonly upgradeHandlers = new UpgradeHandlers();
  servesPages = false;
  readonly #server: HttpServerService;
  readonly #httpAuth: HttpAuthService;
  readonly #isDefaultPolicyDisabled: boolean;
  readonly #mountPath: string;
  #bodyLimit: number;
  readonly #applications: ApplicationChain;
  readonly #discovery: DiscoveryService | undefined;
  readonly #contract: ContractRequests;

  constructor({ pluginId, logger, server, httpAuth, isDefaultPolicyDisabled, discovery }: PluginRequestsOptions) {
    this.#discovery = discovery;
    this.pluginId = pluginId;
    this.logger = logger;
    this.#server = server;
    this.#httpAuth = httpAuth;
    this.#isDefaultPolicyDisabled = isDefaultPolicyDisabled;
    this.#mountPath = `${PLUGIN_PREFIX}${pluginId}`;
    this.#bodyLimit = server.getBodyLimit(pluginId);
    this.#applications = new ApplicationChain({
      createExpress: () => server.createExpress(),
      onUnanswered: (exchange) => this.#refuseUnanswered(exchange),
    });
    this.#contract = new ContractRequests({
      pluginId,
      logger,
      httpAuth,
      isDefaultPolicyDisabled,
      mountPath: this.#mountPath,
      bodyLimit: this.#bodyLimit,
      development: server.development,
    });
  }

  /** Adds a handler for Express 5. */
  use(handler: Handler): void {
    this.#applications.use(handler);
  }

  /** Adds an application that brings its own framework. */
  mount(create: CreateHttpApplication): void {
    this.#applications.add(create(this.#server.getPlace(this.#mountPath, this.pluginId)));
    this.#bodyLimit = this.#server.getBodyLimit(this.pluginId, this.#applications.limitsBodies);
    this.servesPages = this.#applications.servesPages;
  }

  get routes(): HttpRoutes | undefined {
    return this.#contract.routes;
  }

  async getExternalBaseUrl(): Promise<string> {
    return this.#discovery?.getExternalBaseUrl(this.pluginId) ?? this.#mountPath;
  }

  /** Serves the routes of a contract. @throws BulkheadError `ERR_HTTP_ROUTES_SERVED_TWICE` */
  serve(routes: HttpRoutes): void {
    this.#contract.serve(routes);
  }

  handle(exchange: Exchange): void {
    if (exchange.isForIndex) {
      // A contract is for programs, which know the mount.
      this.#handleByPolicy(exchange, exchange.target, pathOf(exchange.target));
      return;
    }
    const url = relativeTarget(exchange.target, this.#mountPath.length);
    const mark = url.indexOf('?');
    const path = mark === -1 ? url : url.slice(0, mark);
    const query = mark === -1 ? '' : url.slice(mark + 1);
    if (exchange.upgradeHead !== undefined || !this.#contract.handle(exchange, { path, query })) {
      this.#handleByPolicy(exchange, url, path);
    }
  }

  /** Answers what no route of the contract is for. */
  #handleByPolicy(exchange: Exchange, url: string, path: string): void {
    const request = exchange.request as Request;
    request.url = url;
    request.baseUrl = exchange.isForIndex ? '' : this.#mountPath;
    request.originalUrl = exchange.target;
    const demand = this.#isDefaultPolicyDisabled ? 'nothing' : this.policies.demandAt(path);
    if (exchange.upgradeHead !== undefined) {
      void this.#upgrade(exchange, exchange.upgradeHead, demand);
    } else if (this.#applications.isEmpty && this.#contract.isOpenAt(path)) {
      // Without Express there is nothing at the path to keep secret, but which methods it takes.
      this.#refuseUnanswered(exchange);
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
    this.#applications.prepare(exchange);
    return this.#httpAuth.credentials(
      exchange.request as Request,
      demand === 'nothing' ? undefined : { allow: USER_OR_SERVICE, allowLimitedAccess: demand === 'limited' },
    );
  }

  #serve(exchange: Exchange): void {
    acceptBody(exchange, this.#bodyLimit);
    if (this.#isForContract(exchange)) {
      this.#refuseUnanswered(exchange);
    } else {
      this.#applications.serve(exchange);
    }
  }

  /** Whether a request asks for the methods of a path of the contract: Express would name its own ones only. */
  #isForContract({ method, request, isForIndex }: Exchange): boolean {
    if (method !== 'OPTIONS' || isForIndex) {
      return false;
    }
    const path = pathOf(request.url ?? '/');
    return this.#contract.methodsAt(path).length > 0 && !this.#applications.methodsAt(path).includes('OPTIONS');
  }

  #refuseUnanswered(exchange: Exchange): void {
    const path = pathOf(exchange.target);
    const methods = exchange.isForIndex ? [] : this.#methodsAt(relativeTarget(path, this.#mountPath.length));
    if (methods.length === 0 || methods.includes(exchange.method)) {
      refuseUnknownPath(exchange);
    } else if (exchange.method === 'OPTIONS') {
      exchange.response.writeHead(204, { Allow: [...methods, 'OPTIONS'].sort().join(', ') }).end();
    } else {
      exchange.refuse(wrongMethod(exchange.method, path, methods), { Allow: methods.join(', ') });
    }
  }

  /** The methods that a path takes, be it by the contract or by Express. */
  #methodsAt(path: string): readonly string[] {
    return [...new Set([...this.#contract.methodsAt(path), ...this.#applications.methodsAt(path)])].sort();
  }

  async #upgrade(exchange: Exchange, head: Buffer, demand: CredentialsDemand): Promise<void> {
    try {
      const credentials = await this.#demandCredentials(exchange, demand);
      const { request, socket } = exchange;
      const handler = this.upgradeHandlers.find(pathOf(request.url ?? '/'));
      if (!handler) {
        this.#upgradeElsewhere(exchange, head);
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

  #upgradeElsewhere(exchange: Exchange, head: Buffer): void {
    const { request, response, socket } = exchange;
    const upgrader = this.#applications.findUpgrader();
    if (!upgrader) {
      refuseUnknownPath(exchange);
    } else if (exchange.isAnswerable) {
      upgrader.upgrade({
        ...{ request, response, socket, head },
        release: (status) => this.#server.releaseUpgrade(exchange, status),
        next(error) {
          if (error) {
            exchange.fail(error);
          } else if (exchange.isAnswerable) {
            refuseUnknownPath(exchange);
          }
        },
      });
    }
  }
}
