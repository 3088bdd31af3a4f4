import type {
  Credentials,
  HttpAuthService,
  HttpRouteAccess,
  HttpRouteMatch,
  HttpRoutes,
} from '@bulkhead/backend-plugin-api';
import type { Request } from 'express';
import { createCredentials } from '../auth/credentials.ts';
import type { PromptHttpAuth } from '../auth/prompt-auth.ts';
import { acceptBody, type LimitedExchange } from '../http-server/body-limit.ts';
import { routesServedTwice } from './errors.ts';
import { RouteCall, type RoutedExchange, type RoutedPlugin } from './route-call.ts';

/** What {@link ContractRequests} is made of. */
export interface ContractRequestsOptions extends RoutedPlugin {
  readonly httpAuth: HttpAuthService & PromptHttpAuth;
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
    const credentials = this.#identifyNow(exchange, match.route.access);
    if (credentials) {
      this.#enterAs(credentials, exchange, { match, query });
    } else {
      void this.#identifyAndEnter(exchange, match, query);
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

  #enterAs(
    credentials: Credentials,
    exchange: ContractExchange,
    { match, query }: { readonly match: HttpRouteMatch; readonly query: string },
  ): void {
    try {
      const done = this.#enter(exchange, match, { query, credentials });
      if (done) {
        done.catch((error: unknown) => exchange.fail(error));
      }
    } catch (error) {
      exchange.fail(error);
    }
  }

  async #identifyAndEnter(exchange: ContractExchange, match: HttpRouteMatch, query: string): Promise<void> {
    try {
      const credentials = await this.#identify(exchange, match.route.access);
      if (exchange.isAnswerable) {
        await this.#enter(exchange, match, { query, credentials });
      }
    } catch (error) {
      exchange.fail(error);
    }
  }

  #identifyNow(exchange: ContractExchange, access: HttpRouteAccess): Credentials | undefined {
    return access.credentials === 'none'
      ? NOBODY
      : this.#options.httpAuth.credentialsNow?.(exchange.request, this.#demandOf(access));
  }

  #identify(exchange: ContractExchange, access: HttpRouteAccess): Promise<Credentials> {
    // Only the headers of the request are looked at, which Express does not add to.
    return this.#options.httpAuth.credentials(exchange.request as Request, this.#demandOf(access));
  }

  #demandOf({ credentials, principals, cookie }: HttpRouteAccess): {
    readonly allow: HttpRouteAccess['principals'] | undefined;
    readonly allowLimitedAccess: boolean;
  } {
    const isDemanded = credentials === 'required' && !this.#options.isDefaultPolicyDisabled;
    return { allow: isDemanded ? principals : undefined, allowLimitedAccess: cookie };
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
