import type {
  Credentials,
  HttpAuthService,
  HttpRouteAccess,
  HttpRouteMatch,
  HttpRoutes,
} from '@bulkhead/backend-plugin-api';
import type { Request } from 'express';
import { createCredentials } from '../auth/credentials.ts';
import { acceptBody, type LimitedExchange } from '../http-server/body-limit.ts';
import { routesServedTwice } from './errors.ts';
import { RouteCall, type RoutedExchange, type RoutedPlugin } from './route-call.ts';

/** What {@link ContractRequests} is made of. */
export interface ContractRequestsOptions extends RoutedPlugin {
  readonly httpAuth: HttpAuthService;
  /** Whether requests need no credentials at all. */
  readonly isDefaultPolicyDisabled: boolean;
  /** Largest body, in bytes. */
  readonly bodyLimit: number;
}

/** A request that a contract may answer. The exchanges of a host are such. */
export interface ContractExchange extends RoutedExchange, LimitedExchange {
  readonly method: string;
}

/** Where a request goes, below the mount of the plugin. */
export interface RequestPath {
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}

const NOBODY: Credentials = createCredentials({ type: 'none' });

/** The requests of a plugin that a route of its contract answers. */
export class ContractRequests {
  readonly #options: ContractRequestsOptions;
  #routes: HttpRoutes | undefined;

  constructor(options: ContractRequestsOptions) {
    this.#options = options;
  }

  get routes(): HttpRoutes | undefined {
    return this.#routes;
  }

  /** @throws BulkheadError `ERR_HTTP_ROUTES_SERVED_TWICE` */
  serve(routes: HttpRoutes): void {
    if (this.#routes) {
      throw routesServedTwice(this.#options.pluginId);
    }
    this.#routes = routes;
  }

  /** Answers a request. @returns `false` if no route is for it */
  handle(exchange: ContractExchange, { path, query }: RequestPath): boolean {
    const match = this.#routes?.find(exchange.method, path);
    if (!match) {
      return false;
    }
    if (match.route.access.credentials === 'none') {
      this.#enterAsNobody(exchange, match, query);
    } else {
      void this.#enterAsSomebody(exchange, match, query);
    }
    return true;
  }

  /** The methods of routes at a path. */
  methodsAt(path: string): readonly string[] {
    return this.#routes?.methodsAt(path) ?? [];
  }

  /** Whether anybody gets in at a path, by one method or another. */
  isOpenAt(path: string): boolean {
    return this.methodsAt(path).some(
      (method) => this.#routes?.find(method, path)?.route.access.credentials !== 'required',
    );
  }

  #enterAsNobody(exchange: ContractExchange, match: HttpRouteMatch, query: string): void {
    try {
      const done = this.#enter(exchange, match, { query, credentials: NOBODY });
      if (done) {
        done.catch((error: unknown) => exchange.fail(error));
      }
    } catch (error) {
      exchange.fail(error);
    }
  }

  async #enterAsSomebody(exchange: ContractExchange, match: HttpRouteMatch, query: string): Promise<void> {
    try {
      const credentials = await this.#identify(exchange, match.route.access);
      if (exchange.isAnswerable) {
        await this.#enter(exchange, match, { query, credentials });
      }
    } catch (error) {
      exchange.fail(error);
    }
  }

  #identify(exchange: ContractExchange, { credentials, principals, cookie }: HttpRouteAccess): Promise<Credentials> {
    const { httpAuth, isDefaultPolicyDisabled } = this.#options;
    const allow = credentials === 'required' && !isDefaultPolicyDisabled ? principals : undefined;
    // Only the headers of the request are looked at, which Express does not add to.
    return httpAuth.credentials(exchange.request as Request, { allow, allowLimitedAccess: cookie });
  }

  #enter(
    exchange: ContractExchange,
    { route, pathValues }: HttpRouteMatch,
    { query, credentials }: { readonly query: string; readonly credentials: Credentials },
  ): Promise<void> | void {
    acceptBody(exchange, this.#options.bodyLimit);
    return route.handle(new RouteCall(this.#options, exchange, { pathValues, query, credentials }));
  }
}
