import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})/;
/** What is called on a socket by those who are about to take it. */
const PREPARATIONS = ['setTimeout', 'setNoDelay', 'setKeepAlive'] as const;
const WRITES = ['write', 'end'] as const;
/** What those listen for who read from a socket. Errors are listened for by those who let it be, too. */
const EVENTS = ['data', 'readable', 'end'] as const;

type Method = (this: Socket, ...args: unknown[]) => unknown;

/** Sees who takes the socket of a response: whoever writes to it, other than through the response. */
export class SocketWatch {
  readonly #socket: Socket;
  readonly #response: ServerResponse;
  readonly #onTaken: (status: number) => void;
  #listenerCount = 0;
  #isPrepared = false;

  /** @param onTaken - called once, with the status that is written */
  constructor(response: ServerResponse, socket: Socket, onTaken: (status: number) => void) {
    this.#socket = socket;
    this.#response = response;
    this.#onTaken = onTaken;
    for (const name of WRITES) this.#watch(name, (chunk) => this.#written(chunk));
    for (const name of PREPARATIONS) this.#watch(name, () => (this.#isPrepared = true));
  }

  /** Begins to look for signs that somebody is about to take the socket. */
  lookForSigns(): void {
    this.#listenerCount = countListeners(this.#socket);
    this.#isPrepared = false;
  }

  /** Whether there have been signs. */
  get isWanted(): boolean {
    return this.#isPrepared || countListeners(this.#socket) > this.#listenerCount;
  }

  /** Looks no longer. */
  stop(): void {
    for (const name of [...WRITES, ...PREPARATIONS]) Reflect.deleteProperty(this.#socket, name);
  }

  #watch(name: (typeof WRITES | typeof PREPARATIONS)[number], look: (chunk: unknown) => void): void {
    const original = this.#socket[name] as Method;
    const watched: Method = function (...args) {
      look(args[0]);
      return original.apply(this, args);
    };
    Object.defineProperty(this.#socket, name, { value: watched, configurable: true, writable: true });
  }

  #written(chunk: unknown): void {
    this.stop();
    if (!this.#response.headersSent || !this.#response.socket) this.#onTaken(statusIn(chunk));
  }
}

function countListeners(socket: Socket): number {
  return EVENTS.reduce((sum, event) => sum + socket.listenerCount(event), 0);
}

/** The status that a client is told, as far as somebody who writes it by hand can be understood. */
function statusIn(chunk: unknown): number {
  const text = chunk instanceof Uint8Array ? Buffer.from(chunk.subarray(0, 16)).toString('latin1') : String(chunk);
  return Number(STATUS_LINE.exec(text)?.[1] ?? 101);
}
