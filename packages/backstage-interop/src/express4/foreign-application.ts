import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpApplication, HttpApplicationPlace, HttpApplicationUpgrade } from '@bulkhead/backend-plugin-api';
import { answerRejections } from './async-handlers.ts';
import {
  createApplication4,
  type Application4,
  type Handler4,
  type Next,
  type Request4,
  type Response4,
} from './express.ts';
import { listenForPlugin, serverOf, type ListenedServer } from './server-listeners.ts';
import { PluginUpgrades } from './plugin-upgrades.ts';

/**
 * Handlers for Express 4, in an application of Express 4 that the host enters directly.
 *
 * The application is set up as that of Backstage's own host. What Express does in front of all handlers is done here, with
 * the same result and without layers.
 */
export class ForeignApplication implements HttpApplication {
  /** Parsers of bodies have limits of their own, and who has set them higher than the host's default means it. */
  readonly limitsBodies = true;
  /** Front ends that were made for Backstage's host get along with what that sends. */
  readonly servesPages = true;
  readonly #app: Application4;
  readonly #parseQuery: (query: string) => unknown;
  readonly #pluginId: string | undefined;
  readonly #upgrades = new PluginUpgrades();
  #server: ListenedServer | undefined;

  constructor({ pluginId, trustProxy, development }: HttpApplicationPlace) {
    const app = createApplication4();
    app.disable('x-powered-by');
    app.set('trust proxy', trustProxy);
    if (development) app.set('json spaces', 2);
    app.lazyrouter();
    // Of handlers that are no routers, the layers are of the application's own copy of Express.
    answerRejections(app._router);
    // The two layers in front, for the query and for the prototypes: see #begin.
    app._router!.stack.length = 0;
    this.#app = app;
    this.#parseQuery = app.get('query parser fn') as (query: string) => unknown;
    this.#pluginId = pluginId;
  }

  /** Adds a handler, a router, an application, or a list of them. */
  use(handler: Handler4): void {
    answerRejections(handler);
    this.#app.use(handler);
  }

  prepare(request: IncomingMessage, response: ServerResponse): void {
    Object.setPrototypeOf(request, this.#app.request);
    Object.setPrototypeOf(response, this.#app.response);
  }

  handle(request: IncomingMessage, response: ServerResponse, next: Next): void {
    this.#begin(request, response, next);
    this.#app.handle(request, response, next);
  }

  upgrade(upgrade: HttpApplicationUpgrade): void {
    this.#upgrades.take(upgrade, (next) => this.handle(upgrade.request, upgrade.response, next));
  }

  #begin(request: Request4, response: Response4, next: Next): void {
    this.#follow(request);
    this.prepare(request, response);
    const url = request.url!;
    const mark = url.indexOf('?');
    request.res = response;
    request.next = next;
    request.query ??= mark === -1 ? {} : this.#parseQuery(url.slice(mark + 1));
    response.locals ??= Object.create(null) as object;
  }

  /** Sees to it that listeners which the plugin adds to the server get its own upgrades, and no others. */
  #follow(request: IncomingMessage): void {
    const server = serverOf(request);
    if (server !== this.#server && server !== undefined && this.#pluginId !== undefined) {
      this.#server = server;
      listenForPlugin(server, this.#pluginId, this.#upgrades.listeners);
    }
  }
}
