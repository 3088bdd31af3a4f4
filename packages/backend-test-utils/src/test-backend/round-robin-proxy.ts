import { once } from 'node:events';
import { Agent, createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { toErrorBody } from '@bulkhead/errors';
import { replicaUnreachable } from '../errors.ts';

/** Says which replica has answered, counted from 0. */
export const REPLICA_HEADER = 'x-test-replica';

/** Spreads requests over several servers. */
export interface RoundRobinProxy {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  /** Sends requests to these from now on, the first to the first. */
  setTargets(urls: readonly string[]): void;
  stop(): Promise<void>;
}

/** Starts a proxy that gives each request to the next of its targets in turn, upgrades included. */
export async function startRoundRobinProxy(): Promise<RoundRobinProxy> {
  const turns = new Turns();
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => forward(request, response, { turns, agent }));
  server.on('upgrade', (request, socket: Socket, head) => tunnel(request, socket, { head, target: turns.next().url }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    setTargets: (urls) => turns.restart(urls),
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

class Turns {
  #urls: readonly string[] = [];
  #count = 0;

  restart(urls: readonly string[]): void {
    this.#urls = urls;
    this.#count = 0;
  }

  next(): { readonly url: string; readonly replica: number } {
    const replica = this.#count++ % this.#urls.length;
    return { url: this.#urls[replica]!, replica };
  }
}

function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { turns, agent }: { readonly turns: Turns; readonly agent: Agent },
): void {
  const { url, replica } = turns.next();
  const { method, headers } = request;
  const forwarded = httpRequest(url, { path: request.url, method, headers, agent }, (answer) => {
    response.writeHead(answer.statusCode!, answer.statusMessage, { ...answer.headers, [REPLICA_HEADER]: replica });
    pipeline(answer, response, () => {});
  });
  forwarded.on('error', (error) => {
    if (response.headersSent) response.destroy();
    else refuse(response, replicaUnreachable(replica, error));
  });
  response.on('close', () => forwarded.destroy());
  // A client that hangs up hangs up on the replica as well.
  pipeline(request, forwarded, () => {});
}

function refuse(response: ServerResponse, error: unknown): void {
  const body = toErrorBody(error);
  response.writeHead(body.response.statusCode, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Repeats the head of an upgrade request to a replica and connects the two sockets. */
function tunnel(
  { method, url, rawHeaders }: IncomingMessage,
  socket: Socket,
  { head, target }: { readonly head: Buffer; readonly target: string },
): void {
  const { hostname, port } = new URL(target);
  const replica = connect(Number(port), hostname, () => {
    const lines = [`${method} ${url} HTTP/1.1`];
    for (let index = 0; index < rawHeaders.length; index += 2)
      lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
    replica.write(`${lines.join('\r\n')}\r\n\r\n`);
    replica.write(head);
  });
  pipeline(replica, socket, () => {});
  pipeline(socket, replica, () => {});
}
