// Only built-in modules: see test-server.ts.
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTestServer, type TestServer } from './test-server.ts';

/** Names the broker to the workers of a test run. */
export const BROKER_VARIABLE = 'BULKHEAD_TEST_POSTGRES_BROKER';

/** Stands between the workers of a test run and the one server that they share. */
export interface TestServerBroker {
  /** Where to ask for the address of the server. The first who asks gets it started. */
  readonly url: string;
  /** Stops the server, if anybody asked for it. */
  stop(): Promise<void>;
}

/**
 * Starts a broker. It lives in the process that leads the test run and costs nothing until a test wants a database, so
 * a run of tests without one starts no server.
 */
export async function startTestServerBroker(): Promise<TestServerBroker> {
  const secret = `/${randomUUID()}`;
  let testServer: Promise<TestServer> | undefined;
  const http = createServer((request, response) => {
    if (request.url !== secret) {
      response.writeHead(404).end();
      return;
    }
    testServer ??= startTestServer();
    testServer.then(
      ({ report }) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(report)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  const port = await listen(http);
  return {
    url: `http://127.0.0.1:${port}${secret}`,
    stop: async () => {
      http.close();
      http.closeAllConnections();
      await (await testServer)?.stop();
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      server.unref();
      resolve((server.address() as AddressInfo).port);
    });
  });
}
