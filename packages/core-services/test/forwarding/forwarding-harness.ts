import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { Worker } from 'node:worker_threads';
import { ConfigReader } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import { Forwarder, readForwardingSettings } from '../../src/forwarding/index.ts';
import { LIVENESS_PATH } from '../../src/http-server/health-paths.ts';
import type { PluginLocation, TopologyService } from '../../src/topology/index.ts';
import { DefaultUpstreamsService, readUpstreamsSettings } from '../../src/upstreams/index.ts';
import { startTestHost, type TestHost } from '../http/test-host.ts';

/** A request as a target got it. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A process that runs plugins, as far as forwarding is concerned. */
export interface Target extends AsyncDisposable {
  readonly server: Server;
  readonly origin: string;
  readonly port: number;
  /** The requests that came, once their body was complete. */
  readonly received: ReceivedRequest[];
}

/** How begins what a door asks on a new connection before it sends what must not be sent twice. */
export const QUESTION = `GET ${LIVENESS_PATH}`;

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** Starts a target that answers after the whole body has come. */
export async function startTarget(handler: Handler): Promise<Target> {
  const received: ReceivedRequest[] = [];
  return startStreamingTarget(async (request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { method = '', url = '', rawHeaders, headers } = request;
    received.push({ method, url, rawHeaders, headers, body });
    handler(request, response, body);
  }, received);
}

/** Starts a target that sees requests as soon as their head is there. */
export async function startStreamingTarget(
  handler: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
  received: ReceivedRequest[] = [],
): Promise<Target> {
  const server = createServer((request, response) => {
    if (request.url === LIVENESS_PATH) {
      response.end();
      return;
    }
    void Promise.resolve(handler(request, response)).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    server,
    port,
    origin: `http://127.0.0.1:${port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A target that speaks no HTTP but what it is told to. */
export interface RawTarget extends AsyncDisposable {
  readonly origin: string;
  readonly sockets: Socket[];
}

/** Starts a target that gets connections. */
export async function startRawTarget(onConnection: (socket: Socket) => void): Promise<RawTarget> {
  const sockets: Socket[] = [];
  const server: TcpServer = createTcpServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    sockets,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A target whose system makes connections, and whose process is too busy to accept them. */
export interface StalledTarget extends AsyncDisposable {
  readonly origin: string;
  /** Stops listening without having accepted a connection, once whoever has begun one has sent something. */
  stop(): Promise<void>;
}

const STALLED_PROCESS = `
  const { parentPort, workerData } = require('node:worker_threads');
  const server = require('node:net').createServer().listen(0, '127.0.0.1', () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(workerData, 0, 0);
    server.close();
  });
`;

/** Starts a target that gets connections and never accepts one. */
export async function startStalledTarget(): Promise<StalledTarget> {
  const isOver = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(STALLED_PROCESS, { eval: true, workerData: isOver });
  const [port] = (await once(worker, 'message')) as [number];
  return {
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      // Connections are made in turn: whoever has begun one before this has learnt that it is there.
      const last = connect(port, '127.0.0.1').on('error', () => undefined);
      await once(last, 'connect');
      await new Promise((resolve) => setImmediate(resolve));
      const stopped = once(worker, 'exit');
      Atomics.store(isOver, 0, 1);
      Atomics.notify(isOver, 0);
      await stopped;
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}

/** Hears what comes over a connection to a raw target, and answers by itself the question whether anybody is there. */
export function onRequest(socket: Socket, listener: (bytes: Buffer) => void): void {
  socket.on('data', (bytes) => {
    if (bytes.toString('latin1').startsWith(`${QUESTION} `)) {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    } else {
      listener(bytes);
    }
  });
}

/** An origin where nobody listens. */
export async function deadOrigin(): Promise<string> {
  const target = await startRawTarget(() => undefined);
  await target[Symbol.asyncDispose]();
  return target.origin;
}

/** Where plugins are, as told. */
export class TestTopology implements TopologyService {
  readonly processName = 'edge';
  readonly forwards = true;
  readonly locations = new Map<string, PluginLocation>();

  /** Says that a plugin runs at some origins, below `/api` as in any host. */
  place(pluginId: string, ...origins: readonly string[]): void {
    const baseUrls = origins.map((origin) => `${origin}/api/${pluginId}`);
    this.locations.set(pluginId, { type: 'remote', process: 'other', baseUrls });
  }

  locate(pluginId: string): PluginLocation | undefined {
    return this.locations.get(pluginId);
  }

  getPluginIds(): readonly string[] {
    return [...this.locations.keys()];
  }
}

/** A process that forwards. */
export interface ForwardingHost extends TestHost {
  readonly topology: TestTopology;
  readonly upstreams: DefaultUpstreamsService;
}

/** Starts a host that forwards requests for the plugins that its topology places elsewhere. */
export async function startForwardingHost(config: JsonObject = {}): Promise<ForwardingHost> {
  const host = await startTestHost({ config });
  const reader = new ConfigReader(config);
  const topology = new TestTopology();
  const upstreams = new DefaultUpstreamsService({ settings: readUpstreamsSettings(reader), logger: host.logger });
  host.server.forwardWith(
    new Forwarder({
      settings: readForwardingSettings(reader),
      topology,
      upstreams,
      createApp: () => host.server.createApp(),
      releaseUpgrade: (exchange) => host.server.releaseUpgrade(exchange),
    }),
  );
  return {
    ...host,
    topology,
    upstreams,
    async stop() {
      await host.stop();
      await upstreams[Symbol.asyncDispose]();
    },
  };
}

/** Lets the event loop turn until `condition` holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
