import { once } from 'node:events';
import type { IncomingMessage, Server, ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listenFailed, portInUse } from './errors.ts';
import type { HttpServerSettings } from './http-server-settings.ts';
import { createListenAddress, type ListenAddress } from './listen-address.ts';
import { ExpressResponse } from './express-response.ts';
import { nodeHttp } from './node-http.ts';
import { findPortOwner } from './port-owner.ts';
import { ServedRequest } from './served-request.ts';

/** A server that is set up and does not listen yet. */
export function createNodeServer(settings: HttpServerSettings): Server {
  const options: ServerOptions<typeof ServedRequest, typeof ExpressResponse> = {
    IncomingMessage: ServedRequest,
    ServerResponse: ExpressResponse,
    headersTimeout: settings.headersTimeout,
    requestTimeout: settings.requestTimeout,
    keepAliveTimeout: settings.keepAliveTimeout,
    maxHeaderSize: settings.maxHeaderSize,
    connectionsCheckingInterval: checkingInterval(settings),
    insecureHTTPParser: false,
    // Checked by the host, whose answer has a body.
    requireHostHeader: false,
    // Of two Host or Authorization headers Node.js takes the first, a proxy in front of it perhaps the last.
    joinDuplicateHeaders: true,
    // Node.js >= 24.9 asks; for others see where upgrades are accepted.
    shouldUpgradeCallback: (request) => !isOfferOfHttp2(request),
  };
  const server = settings.https
    ? process.getBuiltinModule('node:https').createServer({ ...options, ...settings.https })
    : nodeHttp.createServer(options);
  // One more than allowed, since Node.js drops excess headers silently.
  server.maxHeadersCount = settings.maxHeadersCount === 0 ? 0 : settings.maxHeadersCount + 1;
  server.maxRequestsPerSocket = settings.maxRequestsPerSocket;
  server.timeout = settings.socketTimeout;
  return server;
}

/** Whether a request merely offers to go on in HTTP/2, and is meant to be answered like any other. */
export function isOfferOfHttp2({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers.upgrade?.toLowerCase() === 'h2c';
}

/** How often Node.js looks for requests that take too long; its own default of 30 s makes short limits long. */
function checkingInterval({ headersTimeout, requestTimeout }: HttpServerSettings): number {
  const limits = [headersTimeout, requestTimeout].filter((limit) => limit > 0);
  return Math.max(10, Math.floor(Math.min(30_000, ...limits) / 2));
}

/**
 * Makes a server listen.
 *
 * @throws BulkheadError `ERR_HTTP_PORT_IN_USE`, naming the process that has the port where that can be found out;
 *   `ERR_HTTP_LISTEN_FAILED`
 */
export async function listen(server: Server, settings: HttpServerSettings): Promise<ListenAddress> {
  const { host, port } = settings.listen;
  try {
    // Without a host Node.js takes all interfaces, those of IPv4 where the machine has no others.
    server.listen(host === '::' ? { port } : { host, port });
    await once(server, 'listening');
  } catch (error) {
    const cause = error as NodeJS.ErrnoException;
    throw cause.code === 'EADDRINUSE'
      ? portInUse(settings.listen, await findPortOwner(port), cause)
      : listenFailed(settings.listen, cause);
  }
  const { port: actualPort } = server.address() as AddressInfo;
  return createListenAddress(settings.https ? 'https' : 'http', host, actualPort);
}
