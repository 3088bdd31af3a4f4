import type { JsonValue, MaybePromise } from '@bulkhead/types';
import type { Express, Handler } from 'express';
import { acceptBody } from './body-limit.ts';
import type { ExtraHeaders } from './error-responder.ts';
import { invalidRootPath, unknownPath, wrongMethod } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { serveWithExpress } from './express-app.ts';
import { isWithin, pathOf } from './request-target.ts';

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

/** Everything outside of `/api`: the endpoints of the host itself, then what is mounted by `rootHttpRouter`. */
export class RootRoutes {
  readonly #createApp: () => Express;
  readonly #bodyLimit: number;
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #paths: string[] = [];
  #app: Express | undefined;

  constructor(createApp: () => Express, bodyLimit: number) {
    this.#createApp = createApp;
    this.#bodyLimit = bodyLimit;
  }

  /** Makes `endpoint` answer GET and HEAD requests for exactly `path`. */
  addEndpoint(path: string, endpoint: Endpoint): void {
    this.#endpoints.set(path, endpoint);
  }

  /** Whether something answers for exactly `path`. */
  hasEndpoint(path: string): boolean {
    return this.#endpoints.has(path);
  }

  /**
   * Mounts a handler at a path.
   *
   * @throws BulkheadError `ERR_HTTP_ROOT_PATH` when the path shadows another one or is the host's
   */
  mount(path: string, handler: Handler): void {
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
    this.#app ??= this.#createApp();
    this.#app.use(normalized, handler);
  }

  /** Answers a request for a path outside of `/api`. */
  handle(exchange: Exchange): void {
    const path = pathOf(exchange.target);
    const endpoint = this.#endpoints.get(path);
    if (endpoint) {
      answerWith(exchange, endpoint);
    } else if (this.#app && exchange.upgradeHead === undefined) {
      acceptBody(exchange, this.#bodyLimit);
      serveWithExpress(this.#app, exchange, refuseUnknownPath);
    } else {
      refuseUnknownPath(exchange);
    }
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
