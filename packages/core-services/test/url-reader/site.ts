import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server for one test. */
export class Site {
  /** What was asked for, in order. */
  readonly requests: IncomingMessage[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request) => this.requests.push(request));
  }

  static async start(listener?: RequestListener): Promise<Site> {
    const server = createServer(listener);
    const site = new Site(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return site;
  }

  /** `127.0.0.1` and the port. */
  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** A URL of this site. */
  url(path: string): string {
    return `http://${this.host}${path}`;
  }

  /** Resolves once a request has come in, for a certain path if one is given. */
  async untilRequested(path?: string): Promise<void> {
    for (;;) {
      const [request] = (await once(this.#server, 'request')) as Parameters<RequestListener>;
      if (path === undefined || request.url === path) return;
    }
  }

  /** Resolves once a request has come in and its connection has been closed by the other side. */
  async untilHungUp(): Promise<void> {
    const [, response] = (await once(this.#server, 'request')) as Parameters<RequestListener>;
    if (!response.closed) await once(response, 'close');
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}

/** Starts sites that {@link SiteStarter.stopAll} stops. */
export class SiteStarter {
  readonly #sites: Site[] = [];

  async start(listener?: RequestListener): Promise<Site> {
    const site = await Site.start(listener);
    this.#sites.push(site);
    return site;
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.#sites.splice(0).map((site) => site.stop()));
  }
}
