import { once } from 'node:events';
import { createServer, type Server, type ServerOptions } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { listenFailed, portInUse } from './errors.ts';
import type { HttpServerSettings } from './http-server-settings.ts';
import { createListenAddress, type ListenAddress } from './listen-address.ts';
import { findPortOwner } from './port-owner.ts';

/** A server that is set up and does not listen yet. */
export function createNodeServer(settings: HttpServerSettings): Server {
  const options: ServerOptions = {
    headersTimeout: settings.headersTimeout,
    requestTimeout: settings.requestTimeout,
    keepAliveTimeout: settings.keepAliveTimeout,
    maxHeaderSize: settings.maxHeaderSize,
    connectionsCheckingInterval: checkingInterval(settings),
    insecureHTTPParser: false,
    // Checked by the host, whose answer has a body.
    requireHostHeader: false,
    // Clients offer HTTP/2 with requests that are meant to be answered like any other. Node.js < 24.9 does not ask.
    shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() !== 'h2c',
  };
  const server = settings.https ? createSecureServer({ ...options, ...settings.https }) : createServer(options);
  // One more than allowed, since Node.js drops excess headers silently.
  server.maxHeadersCount = settings.maxHeadersCount === 0 ? 0 : settings.maxHeadersCount + 1;
  server.maxRequestsPerSocket = settings.maxRequestsPerSocket;
  server.timeout = settings.socketTimeout;
  return server;
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
    server.listen({ host, port });
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
