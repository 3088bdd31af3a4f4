import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpApplication } from '@bulkhead/backend-plugin-api';
import express, { type Express, type Handler, type Request, type Response } from 'express';
import type { HttpServerSettings } from './http-server-settings.ts';
import { findAllowedMethods } from './allowed-methods.ts';

/** An Express application as all of them are set up in this process. */
export function createExpressApp({ trustProxy }: Pick<HttpServerSettings, 'trustProxy'>): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', trustProxy);
  return app;
}

/** Handlers for Express 5, as one application. */
export class ExpressApplication implements HttpApplication {
  readonly #app: Express;

  constructor(app: Express) {
    this.#app = app;
  }

  /** Adds a handler or router. */
  use(handler: Handler): void {
    this.#app.use(handler);
  }

  /** Adds a handler or router below a path. */
  useAt(path: string, handler: Handler): void {
    this.#app.use(path, handler);
  }

  prepare(request: IncomingMessage, response: ServerResponse): void {
    Object.setPrototypeOf(request, this.#app.request as object);
    Object.setPrototypeOf(response, this.#app.response as object);
  }

  handle(request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void {
    this.#app(request as Request, response as Response, next);
  }

  methodsAt(path: string): readonly string[] {
    return findAllowedMethods(this.#app, path);
  }
}
