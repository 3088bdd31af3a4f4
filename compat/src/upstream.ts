import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a plugin sent. */
export interface Sighting {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What to answer: text, or a value that becomes JSON. */
export type Script = (sighting: Sighting) => unknown;

/** Stands in for the services that plugins speak to, and remembers what it was asked. */
export class Upstream implements AsyncDisposable {
  readonly url: string;
  /** All requests up to now, oldest first. */
  readonly seen: Sighting[] = [];
  readonly #server: Server;
  readonly #scripts = new Map<string, Script>();

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Starts it on a port that the system chooses. */
  static async start(): Promise<Upstream> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const upstream = new Upstream(server);
    server.on('request', (incoming, outgoing) => {
      void read(incoming).then((body) => {
        const sighting = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body };
        upstream.seen.push(sighting);
        const answer = upstream.#answer(sighting);
        if (answer === undefined) return outgoing.writeHead(404).end('nothing here');
        if (typeof answer === 'string') return outgoing.writeHead(200, { 'content-type': 'text/plain' }).end(answer);
        return outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
    return upstream;
  }

  /** Answers whatever is asked below a path; the longest path that fits counts. */
  serve(path: string, script: Script): void {
    this.#scripts.set(path, script);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(sighting: Sighting): unknown {
    const paths = [...this.#scripts.keys()].filter((path) => sighting.url.startsWith(path));
    const [path] = paths.sort((a, b) => b.length - a.length);
    return path === undefined ? undefined : this.#scripts.get(path)?.(sighting);
  }
}

async function read(incoming: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of incoming.setEncoding('utf8')) body += chunk as string;
  return body;
}
