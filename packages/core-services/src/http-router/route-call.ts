import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Credentials, HttpRouteCall, LoggerService } from '@bulkhead/backend-plugin-api';
import { clientGone, deadlinePassed } from './errors.ts';

/** What a route needs to know of the plugin that serves it. */
export interface RoutedPlugin {
  readonly pluginId: string;
  readonly mountPath: string;
  readonly logger: LoggerService;
  readonly development: boolean;
}

/** What a route needs to know of a request. */
export interface RoutedExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  /** Until when the caller waits, by `performance.now()`. */
  readonly deadline: number | undefined;
  readonly isAnswerable: boolean;
  fail(error: unknown): void;
}

/** Where a request is, and who makes it. */
export interface RoutedTarget {
  readonly pathValues: readonly string[];
  readonly query: string;
  readonly credentials: Credentials;
}

/** A request on its way to a route. */
export class RouteCall implements HttpRouteCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly pathValues: readonly string[];
  readonly query: string;
  readonly credentials: Credentials;
  readonly requestId: string;
  readonly #plugin: RoutedPlugin;
  readonly #exchange: RoutedExchange;
  #signal: AbortSignal | undefined;

  constructor(plugin: RoutedPlugin, exchange: RoutedExchange, { pathValues, query, credentials }: RoutedTarget) {
    this.#plugin = plugin;
    this.#exchange = exchange;
    this.request = exchange.request;
    this.response = exchange.response;
    this.requestId = exchange.requestId;
    this.pathValues = pathValues;
    this.query = query;
    this.credentials = credentials;
  }

  get pluginId(): string {
    return this.#plugin.pluginId;
  }

  get mountPath(): string {
    return this.#plugin.mountPath;
  }

  get logger(): LoggerService {
    return this.#plugin.logger;
  }

  get development(): boolean {
    return this.#plugin.development;
  }

  get isAnswerable(): boolean {
    return this.#exchange.isAnswerable;
  }

  get signal(): AbortSignal {
    return (this.#signal ??= createSignal(this.#exchange));
  }

  fail(error: unknown): void {
    this.#exchange.fail(error);
  }
}

/** Aborts when the connection closes before the response is complete, or when the deadline passes before that. */
function createSignal({ response, deadline }: RoutedExchange): AbortSignal {
  const controller = new AbortController();
  // A handler may make any number of calls with it. Node.js 20 would warn of a leak from the eleventh on.
  setMaxListeners(0, controller.signal);
  const stop = (reason: Error): void => controller.abort(reason);
  if (response.destroyed && !response.writableFinished) {
    stop(clientGone());
    return controller.signal;
  }
  const left = deadline === undefined ? undefined : deadline - performance.now();
  if (left !== undefined && left <= 0) {
    stop(deadlinePassed());
    return controller.signal;
  }
  const timer = left === undefined ? undefined : setTimeout(() => stop(deadlinePassed()), left).unref();
  response.once('close', () => {
    clearTimeout(timer);
    if (!response.writableFinished) {
      stop(clientGone());
    }
  });
  return controller.signal;
}
