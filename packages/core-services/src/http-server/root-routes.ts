import type { CreateHttpApplication, HttpApplication } from '@bulkhead/backend-plugin-api';
import type { JsonValue, MaybePromise } from '@bulkhead/types';
import type { Handler } from 'express';
import { isUnanswered } from './application-chain.ts';
import { acceptBody } from './body-limit.ts';
import type { ExtraHeaders } from './error-responder.ts';
import { invalidRootPath, unknownPath, wrongMethod } from './errors.ts';
import type { Exchange } from './exchange.ts';
import type { ExpressApplication } from './express-app.ts';
import type { HttpServerService } from './http-server-service.ts';
import { isWithin, pathOf, relativeTarget } from './request-target.ts';

/** What an endpoint of the host answers with. */
export interface EndpointAnswer {
  readonly status: number;
  /** Sent as JSON; bytes as they are, of the type that stands among the headers. */
  readonly body: JsonValue | Uint8Array | undefined;
  /** In place of those that would be sent otherwise, too. */
  readonly headers?: ExtraHeaders;
}

/** Answers GET requests for one path. */
export type Endpoint = (exchange: Exchange) => MaybePromise<EndpointAnswer>;

/** Paths below which only the host itself answers. */
const RESERVED = ['/api', '/.bulkhead', '/.backstage'] as const;

/** What is needed of the server. */
export interface RootRoutesServer extends Pick<HttpServerService, 'createExpress' | 'getPlace'> {
  getBodyLimit(pluginId: undefined, isLimited?: boolean): number;
}

/** The way to the front end of the host. */
export interface IndexRoutes {
  exists(): boolean;
  enter(exchange: Exchange): void;
}

/** An application at a path of its own. */
interface RootMount {
  readonly path: string;
  readonly application: HttpApplication;
}

/** Everything outside of `/api`: the endpoints of the host itself, then what is mounted by `rootHttpRouter`. */
export class RootRoutes {
  readonly #server: RootRoutesServer;
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #paths: string[] = [];
  readonly #mounts: RootMount[] = [];
  #express: ExpressApplication | undefined;
  #index: IndexRoutes | undefined;

  constructor(server: RootRoutesServer) {
    this.#server = server;
  }

  /** Makes `endpoint` answer GET and HEAD requests for exactly `path`. */
  addEndpoint(path: string, endpoint: Endpoint): void {
    this.#endpoints.set(path, endpoint);
  }

  /** Whether something answers for exactly `path`. */
  hasEndpoint(path: string): boolean {
    return this.#endpoints.has(path);
  }

  /** Sends what nothing else answers to a front end, if there is one, but for paths of the host itself. */
  setIndex(index: IndexRoutes): void {
    this.#index = index;
  }

  /**
   * Mounts a handler at a path.
   *
   * @throws BulkheadError `ERR_HTTP_ROOT_PATH` when the path shadows another one or is the host's
   */
  mount(path: string, handler: Handler): void {
    const taken = this.#take(path);
    this.#express ??= this.#server.createExpress();
    this.#express.useAt(taken, handler);
  }

  /** Mounts an application at a path. @throws BulkheadError `ERR_HTTP_ROOT_PATH` */
  mountApplication(path: string, create: CreateHttpApplication): void {
    const taken = this.#take(path);
    this.#mounts.push({ path: taken, application: create(this.#server.getPlace(taken)) });
  }

  /** Answers a request for a path outside of `/api`. */
  handle(exchange: Exchange): void {
    const path = pathOf(exchange.target);
    const endpoint = this.#endpoints.get(path);
    if (endpoint && !this.#isForIndex(path)) {
      answerWith(exchange, endpoint);
    } else if (exchange.upgradeHead !== undefined) {
      refuseUnknownPath(exchange);
    } else {
      this.#handleByMount(exchange, path);
    }
  }

  #handleByMount(exchange: Exchange, path: string): void {
    const mount = this.#mounts.find((candidate) => isWithin(path, candidate.path));
    if (mount) {
      this.#enterMount(exchange, mount);
    } else if (this.#express) {
      this.#enter(exchange, this.#express);
    } else {
      this.#passOn(exchange);
    }
  }

  #take(path: string): string {
    const normalized = path.replace(/\/+$/, '');
    if (!/^(?:\/[\w.~-]+)+$/.test(normalized)) {
      throw invalidRootPath(path, 'it is not a plain path below /');
    }
    for (const taken of [...RESERVED, ...this.#paths, ...this.#endpoints.keys()]) {
      if (isWithin(normalized, taken) || isWithin(taken, normalized)) {
        throw invalidRootPath(path, `it overlaps with '${taken}'`);
      }
    }
    this.#paths.push(normalized);
    return normalized;
  }

  #enterMount(exchange: Exchange, { path, application }: RootMount): void {
    const { request, target } = exchange;
    Object.assign(request, { url: relativeTarget(target, path.length), baseUrl: path, originalUrl: target });
    this.#enter(exchange, application);
  }

  #enter(exchange: Exchange, application: HttpApplication): void {
    acceptBody(exchange, this.#server.getBodyLimit(undefined, application.limitsBodies));
    application.handle(exchange.request, exchange.response, (error) => {
      if (isUnanswered(exchange, error)) this.#passOn(exchange);
    });
  }

  #passOn(exchange: Exchange): void {
    if (this.#isForIndex(pathOf(exchange.target))) {
      this.#index!.enter(exchange);
    } else {
      refuseUnknownPath(exchange);
    }
  }

  /** Front ends have pages anywhere but below the reserved paths, so that those of the host make way. */
  #isForIndex(path: string): boolean {
    return this.#index !== undefined && this.#index.exists() && !RESERVED.some((reserved) => isWithin(path, reserved));
  }
}

/** Answers a GET or HEAD request with what an endpoint has to say. */
export function answerWith(exchange: Exchange, endpoint: Endpoint): void {
  if (exchange.method !== 'GET' && exchange.method !== 'HEAD') {
    exchange.refuse(wrongMethod(exchange.method, pathOf(exchange.target), ['GET']), { Allow: 'GET, HEAD' });
    return;
  }
  // An async function, so that what the endpoint throws and what it rejects with go the same way.
  const answer = async (): Promise<void> => send(exchange, await endpoint(exchange));
  answer().catch((error: unknown) => exchange.fail(error));
}

/** Answers 404. */
export function refuseUnknownPath(exchange: Exchange): void {
  exchange.refuse(unknownPath(exchange.method, pathOf(exchange.target)));
}

function send({ request, response }: Exchange, { status, body, headers }: EndpointAnswer): void {
  const bytes = body instanceof Uint8Array ? body : Buffer.from(body === undefined ? '' : JSON.stringify(body));
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...headers,
    'Content-Length': bytes.length,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}
