import { Server as TcpServer, type Socket } from 'node:net';
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { latestExchange } from './requests-under-way.ts';

/**
 * For how long nobody must have begun a connection before the server stops listening: peers that have heard the goodbye, or are
 * about to, may still begin some on what they knew before, and what waits to be accepted at that moment would be reset.
 */
const SETTLE_MILLISECONDS = 250;

/** What {@link OpenConnections.dismiss} goes by. */
export interface DismissalOptions {
  /** Says goodbye on a connection, and ends it. */
  readonly sayGoodbye: (socket: Duplex) => void;
  /** How long to wait for the connections to be gone, in milliseconds. */
  readonly patience: number;
}

/**
 * The connections of a server, and how to end them without losing a request.
 *
 * A connection that is simply closed takes a request with it that is just coming in, and the client cannot know whether
 * it was processed. So each idle one is sent the answer to a request that has not come: a client that has none under way
 * sees a connection that is of no more use, and one whose request crosses the answer learns that it was not processed.
 * What comes afterwards is not looked at.
 */
export class OpenConnections {
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();
  readonly #dismissed = new WeakSet<Duplex>();
  #accepted = 0;
  #onClose: (() => void) | undefined;

  constructor(server: Server, options: { readonly isSecure: boolean }) {
    this.#server = server;
    server.on(options.isSecure ? 'secureConnection' : 'connection', (socket: Socket) => {
      this.#accepted += 1;
      this.#sockets.add(socket);
      socket.once('close', () => {
        this.#sockets.delete(socket);
        this.#onClose?.();
      });
    });
  }

  /** Whether the goodbye was said: there can be no other answer on the connection. */
  isDismissed(socket: Duplex): boolean {
    return this.#dismissed.has(socket);
  }

  /** Forgets a socket that has changed to another protocol. */
  release(socket: Duplex): void {
    this.#sockets.delete(socket);
  }

  /**
   * Dismisses the connections that are idle now or become so, until all are gone and no new ones come, or for as long as
   * `patience` says. New ones are taken meanwhile: to cut one off that a client has already made and sent its request on
   * would lose that request.
   */
  async dismiss(options: DismissalOptions): Promise<void> {
    const deadline = performance.now() + options.patience;
    let seen = -1;
    while (this.#accepted !== seen && performance.now() < deadline) {
      const open = [...this.#sockets].filter((socket) => !this.#dismissed.has(socket));
      if (seen === -1 && open.length === 0) break;
      seen = this.#accepted;
      for (const socket of open) {
        this.#dismissOnceIdle(socket, options);
      }
      await this.#whenClosed(open, deadline - performance.now());
      // Also if the new ones are gone already: whoever has begun them may begin more.
      await new Promise((resolve) => setTimeout(resolve, Math.min(SETTLE_MILLISECONDS, options.patience)));
    }
    // The event loop takes the connections that wait to be accepted just before.
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Takes no new connections, and leaves all others alone, which the server's own `close` would not. */
  stopListening(): void {
    TcpServer.prototype.close.call(this.#server);
  }

  #dismissOnceIdle(socket: Duplex, options: DismissalOptions): void {
    const exchange = latestExchange(socket);
    if (exchange) {
      exchange.response.once('close', () => this.#dismissOnceIdle(socket, options));
    } else if (socket.writable && this.#sockets.has(socket) && !this.#dismissed.has(socket)) {
      this.#dismissed.add(socket);
      options.sayGoodbye(socket);
    }
  }

  async #whenClosed(sockets: readonly Duplex[], patience: number): Promise<void> {
    if (sockets.length === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patience);
      this.#onClose = () => {
        if (!sockets.some((socket) => this.#sockets.has(socket))) {
          clearTimeout(timer);
          resolve();
        }
      };
    });
    this.#onClose = undefined;
  }
}
