/**
 * Sends requests at even distances over kept connections, and prints what it has counted. Its argument says what, as JSON.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Counted } from './load.ts';
import type { PacedLoadOptions } from './paced-load.ts';
import { messageOf } from './request-message.ts';
import { ResponseReader } from './response-reader.ts';

/** Requests of the first half second do not count: until then this program itself is compiled. */
const WARM_UP_SECONDS = 0.5;

/** Connections: enough for requests that are sent while others still wait. */
const CONNECTIONS = 32;

const options = JSON.parse(process.argv[2] ?? '{}') as PacedLoadOptions & { readonly port: number };
const { port, seconds, perSecond } = options;
const message = Buffer.from(messageOf(options, port));
const uncounted = Math.floor(WARM_UP_SECONDS * perSecond);
const total = uncounted + Math.floor(seconds * perSecond);

/** Milliseconds that each answer took, counted from when its request was due. */
const latencies: number[] = [];
const free: Connection[] = [];
let [sent, answered, failed, brokenOff] = [0, 0, 0, 0];

/** A connection with one request at a time. */
class Connection {
  readonly #socket: Socket;
  #dueAt = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    const reader = new ResponseReader((status) => {
      if (++answered > uncounted) latencies.push(performance.now() - this.#dueAt);
      if (status >= 400) failed++;
      free.push(this);
    });
    socket.setNoDelay(true);
    socket.on('data', (chunk) => reader.read(chunk));
    socket.on('close', () => brokenOff++);
  }

  send(dueAt: number): void {
    this.#dueAt = dueAt;
    this.#socket.write(message);
  }

  end(): void {
    this.#socket.removeAllListeners('close').destroy();
  }
}

const connections: Connection[] = [];
for (let index = 0; index < CONNECTIONS; index++) {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  connections.push(new Connection(socket));
}
free.push(...connections);

const startedAt = performance.now();
const dueAt = (index: number): number => startedAt + (index * 1000) / perSecond;
// Timers have whole milliseconds only, in which several requests would gather: the loop looks at the clock each time.
while (answered < total && brokenOff === 0) {
  for (const now = performance.now(); sent < total && dueAt(sent) <= now && free.length > 0; sent++) {
    free.pop()?.send(dueAt(sent));
  }
  await new Promise(setImmediate);
}
const elapsed = performance.now() - startedAt;
for (const connection of connections) connection.end();

latencies.sort((a, b) => a - b);
const percentile = (part: number): number => latencies[Math.floor((latencies.length - 1) * part)] ?? Number.NaN;
const counted: Counted = {
  answered,
  perSecond: (answered * 1000) / elapsed,
  latency: { p50: percentile(0.5), p99: percentile(0.99) },
  failed,
  brokenOff,
};
console.log(JSON.stringify(counted));
