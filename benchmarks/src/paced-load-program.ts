/**
 * Sends requests at even distances over kept connections, and prints what it has counted. Its argument says what, as JSON.
 *
 * Its own pauses would count as those of the server, so what it does for each request leaves next to no garbage.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { LatencyFigures, PacedCount, PacedLoadOptions } from './paced-load.ts';
import { messageOf } from './request-message.ts';
import { ResponseReader } from './response-reader.ts';

/** Connections: enough for requests that are sent while others still wait. */
const CONNECTIONS = 32;

/** What comes is read into here by all connections, one after the other. */
const READ_BUFFER = Buffer.allocUnsafeSlow(64 * 1024);

const options = JSON.parse(process.argv[2] ?? '{}') as PacedLoadOptions & { readonly port: number };
const { port, perSecond, warmUpSeconds, slices, secondsPerSlice } = options;
const message = Buffer.from(messageOf(options, port));
const uncounted = Math.floor(warmUpSeconds * perSecond);
const perSlice = Math.floor(secondsPerSlice * perSecond);
const total = uncounted + slices * perSlice;

/** Milliseconds that each answer took, counted from when its request was due. */
const latencies = new Float64Array(total);
const free: Connection[] = [];
let [sent, answered, failed, brokenOff] = [0, 0, 0, 0];

/** A connection with one request at a time. */
class Connection {
  readonly #socket: Socket;
  #dueAt = 0;

  constructor() {
    const reader = new ResponseReader((status) => {
      latencies[answered++] = performance.now() - this.#dueAt;
      if (status >= 400) failed++;
      free.push(this);
    });
    const callback = (length: number): boolean => {
      reader.read(READ_BUFFER.subarray(0, length));
      return true;
    };
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer: READ_BUFFER, callback } });
    this.#socket.on('close', () => brokenOff++);
  }

  connected(): Promise<unknown> {
    return once(this.#socket, 'connect');
  }

  send(dueAt: number): void {
    this.#dueAt = dueAt;
    this.#socket.write(message);
  }

  end(): void {
    this.#socket.removeAllListeners('close').destroy();
  }
}

for (let index = 0; index < CONNECTIONS; index++) {
  const connection = new Connection();
  await connection.connected();
  free.push(connection);
}
const connections = [...free];

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

function figuresOf(from: number, to: number): LatencyFigures {
  const sorted = latencies.slice(from, to).sort();
  const percentile = (part: number): number => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
  return { p50: percentile(0.5), p99: percentile(0.99) };
}

const counted: PacedCount = {
  answered,
  perSecond: (answered * 1000) / elapsed,
  latency: figuresOf(uncounted, total),
  slices: Array.from({ length: slices }, (_, index) => {
    const from = uncounted + index * perSlice;
    return figuresOf(from, from + perSlice);
  }),
  failed,
  brokenOff,
};
console.log(JSON.stringify(counted));
