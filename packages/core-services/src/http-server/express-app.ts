import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpApplication } from '@bulkhead/backend-plugin-api';
import type { Express, Handler, Request, Response } from 'express';
import type { HttpServerSettings } from './http-server-settings.ts';
import { findAllowedMethods } from './allowed-methods.ts';
import { ApplicationResponses } from './express-response.ts';
import { loadExpress } from './load-express.ts';
import { closeRequestsOf } from './served-request.ts';

/** The settings of the server that its applications have, too. */
export type ExpressAppSettings = Pick<HttpServerSettings, 'trustProxy' | 'etag'>;

/** An Express application as all of them are set up in this process. */
export function createExpressApp({ trustProxy, etag }: ExpressAppSettings): Express {
  const app = loadExpress()();
  closeRequestsOf(app.request as object);
  app.disable('x-powered-by');
  app.set('etag', etag);
  app.set('trust proxy', trustProxy);
  return app;
}

/** Handlers for Express 5, as one application. It is made when it is needed, which takes as long as the rest of a small plugin. */
export class ExpressApplication implements HttpApplication {
  readonly #create: () => Express;
  /** Handlers that are not in the application yet. */
  #pending: Handler[] = [];
  #made: { readonly app: Express; readonly responses: ApplicationResponses } | undefined;
  /** What was added last, if that is a router. While it is all there is, requests need not look for it in the application. */
  #last: Handler | undefined;

  constructor(create: () => Express) {
    this.#create = create;
  }

  /** Adds a handler or router. */
  use(handler: Handler): void {
    if (this.#made || isNoticed(handler)) {
      this.#make().app.use(handler);
    } else {
      this.#pending.push(handler);
    }
    this.#last = isRouter(handler) ? handler : undefined;
  }

  /** Adds a handler or router below a path. */
  useAt(path: string, handler: Handler): void {
    this.#make().app.use(path, handler);
    this.#last = undefined;
  }

  prepare(request: IncomingMessage, response: ServerResponse): void {
    const { app, responses } = this.#make();
    Object.setPrototypeOf(request, app.request as object);
    responses.enter(response);
  }

  handle(request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void {
    const { router } = this.#make().app;
    const isAll = this.#last !== undefined && router.stack.length === 1;
    this.prepare(request, response);
    begin(request as Request, response as Response);
    (isAll ? this.#last! : router)(request as Request, response as Response, next);
  }

  methodsAt(path: string): readonly string[] {
    return findAllowedMethods(this.#make().app, path);
  }

  #make(): { readonly app: Express; readonly responses: ApplicationResponses } {
    if (!this.#made) {
      const app = this.#create();
      this.#made = { app, responses: new ApplicationResponses(app) };
      for (const handler of this.#pending) app.use(handler);
      this.#pending = [];
    }
    return this.#made;
  }
}

/** What an application does for a request before it asks its router. */
function begin(request: Request, response: Response): void {
  request.res = response;
  response.locals ??= Object.create(null) as Response['locals'];
}

/** Whether it shows at once that a handler was added: applications are told where they are, and what is no handler is refused. */
function isNoticed(handler: Handler): boolean {
  return typeof handler !== 'function' || 'set' in handler;
}

/** Whether a handler is a router and no application, which brings settings of its own. */
function isRouter(handler: Handler): boolean {
  const { stack, set } = handler as { readonly stack?: unknown; readonly set?: unknown };
  return Array.isArray(stack) && set === undefined;
}
