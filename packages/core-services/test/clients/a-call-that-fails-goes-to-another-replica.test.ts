import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { mockCredentials, mockServices } from '@bulkhead/backend-test-utils';
import { ConfigReader } from '@bulkhead/config';
import type { CalledOperation, CallResponse } from '@bulkhead/openapi/client';
import { DefaultClientsService } from '../../src/clients/index.ts';
import type { HttpServerService } from '../../src/http-server/index.ts';
import type { TopologyService } from '../../src/topology/index.ts';
import { DEFAULT_UPSTREAMS_SETTINGS, DefaultUpstreamsService } from '../../src/upstreams/index.ts';

const GET: CalledOperation = {
  operationId: 'getIt',
  method: 'GET',
  path: '/it',
  parameters: [],
  responses: { 200: [{ mediaType: 'application/json', kind: 'json' }] },
};
const POST: CalledOperation = { ...GET, operationId: 'makeIt', method: 'POST' };

const toStop: (() => unknown)[] = [];

afterEach(async () => {
  await Promise.all(toStop.splice(0).map((stop) => stop()));
});

interface Replica {
  readonly origin: string;
  readonly server: Server;
  served: number;
}

async function startReplica(listener: RequestListener): Promise<Replica> {
  const server = createServer((request, response) => {
    replica.served += 1;
    listener(request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const replica = { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, served: 0 };
  toStop.push(() => {
    server.closeAllConnections();
    return server.close();
  });
  return replica;
}

/** Calls `todo`, which has the replicas; the one whose turn it is comes first. */
function connect(replicas: readonly Replica[]): (operation: CalledOperation) => Promise<CallResponse> {
  const upstreams = new DefaultUpstreamsService({
    settings: { ...DEFAULT_UPSTREAMS_SETTINGS, healthInterval: 0 },
    logger: mockServices.rootLogger(),
  });
  toStop.push(() => upstreams[Symbol.asyncDispose]());
  const origins = replicas.map(({ origin }) => origin);
  const baseUrls = origins.map((origin) => `${origin}/api/todo`);
  const connection = new DefaultClientsService({
    pluginId: 'caller',
    config: new ConfigReader({ backend: { clients: { backoff: 0 } } }),
    auth: mockServices.auth({ pluginId: 'caller' }),
    logger: mockServices.logger(),
    discovery: {
      getBaseUrl: async () => `${upstreams.pick(origins)}/api/todo`,
      getExternalBaseUrl: async () => '',
    },
    server: { getAddress: () => ({ url: 'http://127.0.0.1:1' }) } as HttpServerService,
    topology: { locate: () => ({ type: 'remote', process: 'todo', baseUrls }) } as unknown as TopologyService,
    upstreams,
  }).connect('todo');
  return (operation) => connection.call(operation, {}, { credentials: mockCredentials.service() });
}

const answer: RequestListener = (request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ path: request.url }));
};
const OK = { status: 200, body: { path: '/api/todo/it' } };

it('when no connection can be made, whatever the method', async () => {
  const gone = await startReplica(answer);
  const other = await startReplica(answer);
  gone.server.close();
  await once(gone.server, 'close');
  await expect(connect([gone, other])(POST)).resolves.toMatchObject(OK);
  expect(other.served).toBe(1);
});

it('when the replica says that it has not begun with it, whatever the method', async () => {
  const draining = await startReplica((_request, response) => {
    response.writeHead(503, { 'x-bulkhead-unprocessed': '1', 'content-type': 'application/json' }).end('{}');
  });
  const other = await startReplica(answer);
  await expect(connect([draining, other])(POST)).resolves.toMatchObject(OK);
  expect([draining.served, other.served]).toEqual([1, 1]);
});

it('when the connection breaks, if it is safe to repeat', async () => {
  const killed = await startReplica((request) => request.socket.destroy());
  const other = await startReplica(answer);
  await expect(connect([killed, other])(GET)).resolves.toMatchObject(OK);
  await expect(connect([killed, other])(POST)).rejects.toMatchObject({ code: 'ERR_CLIENT_CONNECTION_LOST' });
  expect([killed.served, other.served]).toEqual([2, 1]);
});

it('and is told to have failed only when there is none left', async () => {
  const busy = await startReplica((_request, response) => void response.writeHead(503).end());
  const gone = await startReplica(answer);
  gone.server.close();
  await once(gone.server, 'close');
  await expect(connect([gone, busy])(GET)).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
  expect(busy.served).toBeGreaterThan(0);
});
