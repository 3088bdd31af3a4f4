import { isErrorLike, type ErrorLike } from '@bulkhead/errors';
import express, { type Express, type Request, type Response } from 'express';
import type { Exchange } from './exchange.ts';
import { unparsableBody } from './errors.ts';
import type { HttpServerSettings } from './http-server-settings.ts';

/** An Express application as all of them are set up in this process. */
export function createExpressApp({ trustProxy }: Pick<HttpServerSettings, 'trustProxy'>): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', trustProxy);
  return app;
}

/**
 * Gives a request and its response the methods that Express adds (`req.get`, `res.json`), for code that runs before
 * the application does.
 */
export function prepareForExpress(app: Express, { request, response }: Exchange): void {
  Object.setPrototypeOf(request, app.request as object);
  Object.setPrototypeOf(response, app.response as object);
}

/**
 * Hands an exchange to an Express application. An error that the application does not handle itself is answered.
 *
 * @param onUnanswered - called when nobody in the application answers
 */
export function serveWithExpress(app: Express, exchange: Exchange, onUnanswered: (exchange: Exchange) => void): void {
  app(exchange.request as Request, exchange.response as Response, (error?: unknown) => {
    if (error) {
      exchange.fail(isUnparsableBody(error) ? unparsableBody(error.message) : error);
    } else if (exchange.isAnswerable) {
      onUnanswered(exchange);
    }
  });
}

/**
 * What Express's JSON parser fails with: it says what is wrong with the text, but not that the text is the body, and has all of
 * it attached, which is not for the log.
 */
function isUnparsableBody(error: unknown): error is ErrorLike {
  return isErrorLike(error) && (error as { readonly type?: unknown }).type === 'entity.parse.failed';
}
