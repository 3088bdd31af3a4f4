import type { HttpApplication } from '@bulkhead/backend-plugin-api';
import { isErrorLike, type ErrorLike } from '@bulkhead/errors';
import type { Handler } from 'express';
import { unparsableBody } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { ExpressApplication } from './express-app.ts';

/** What {@link ApplicationChain} is made of. */
export interface ApplicationChainOptions {
  /** Makes an application for handlers of Express 5. */
  readonly createExpress: () => ExpressApplication;
  /** Called for exchanges that nobody answers. */
  readonly onUnanswered: (exchange: Exchange) => void;
}

/** What answers requests at one mount: applications, which are asked one after the other. Nearly always it is one. */
export class ApplicationChain {
  readonly #options: ApplicationChainOptions;
  readonly #applications: HttpApplication[] = [];

  constructor(options: ApplicationChainOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#applications.length === 0;
  }

  /** Whether one of them limits bodies itself. */
  get limitsBodies(): boolean {
    return this.#applications.some(({ limitsBodies }) => limitsBodies);
  }

  /** Whether one of them may serve pages. */
  get servesPages(): boolean {
    return this.#applications.some(({ servesPages }) => servesPages);
  }

  /** Adds an application. */
  add(application: HttpApplication): void {
    this.#applications.push(application);
  }

  /** Adds a handler for Express 5. Those that follow each other share an application. */
  use(handler: Handler): void {
    const last = this.#applications.at(-1);
    if (last instanceof ExpressApplication) {
      last.use(handler);
    } else {
      const application = this.#options.createExpress();
      application.use(handler);
      this.#applications.push(application);
    }
  }

  /** Gives a request and its response the methods of a framework, for code that runs before a handler does. */
  prepare({ request, response }: Exchange): void {
    this.#applications.find((application) => application.prepare)?.prepare?.(request, response);
  }

  /** Has an exchange answered. An error that an application does not handle itself is answered, too. */
  serve(exchange: Exchange): void {
    this.#serveFrom(0, exchange);
  }

  /** The methods that a path takes; empty when that is not known. */
  methodsAt(path: string): string[] {
    return this.#applications.flatMap((application) => application.methodsAt?.(path) ?? []);
  }

  /** The application that takes requests for other protocols. */
  findUpgrader(): Required<Pick<HttpApplication, 'upgrade'>> | undefined {
    return this.#applications.find((application) => application.upgrade) as Required<HttpApplication> | undefined;
  }

  #serveFrom(index: number, exchange: Exchange): void {
    const application = this.#applications[index];
    if (!application) {
      this.#options.onUnanswered(exchange);
      return;
    }
    application.handle(exchange.request, exchange.response, (error) => {
      if (isUnanswered(exchange, error)) this.#serveFrom(index + 1, exchange);
    });
  }
}

/**
 * Whether an exchange is still to be answered when an application passes it on. An error that the application did not handle
 * itself is answered here.
 */
export function isUnanswered(exchange: Exchange, error: unknown): boolean {
  if (error) {
    exchange.fail(isUnparsableBody(error) ? unparsableBody(error.message) : error);
    return false;
  }
  return exchange.isAnswerable;
}

/**
 * What Express's JSON parser fails with: it says what is wrong with the text, but not that the text is the body, and has all of
 * it attached, which is not for the log.
 */
function isUnparsableBody(error: unknown): error is ErrorLike {
  return isErrorLike(error) && (error as { readonly type?: unknown }).type === 'entity.parse.failed';
}
