import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** How many times it is looked after a connection until it has waited long enough. */
const LOOKS = 20;
/** At most so many milliseconds are between two looks. */
const LONGEST_PAUSE = 1_000;

/** What Node.js allows clients beyond what it tells them; those before 24.6 have it as a constant. */
const ALLOWANCE = 1_000;

/** A connection whose time is kept here. */
interface Watched {
  readonly socket: Socket;
  /** Whether it has had an answer, and waits for its next request. */
  isIdle: boolean;
  /** What had been received by the last look. */
  bytesRead: number;
  /** How many looks have found it idle, one after the other. */
  looks: number;
}

/**
 * Ends connections that wait for their next request for longer than the server allows.
 *
 * Node.js sets a timer after each response, and takes it back with the next request. Here it is only noted that a
 * connection waits, and now and then all of them are looked at: none ends sooner, and none lasts a tenth longer.
 */
export class IdleConnections {
  readonly #limit: number;
  readonly #pause: number;
  readonly #watched = new Set<Watched>();

  private constructor(limit: number) {
    this.#limit = limit;
    this.#pause = Math.min(LONGEST_PAUSE, Math.ceil(limit / LOOKS));
  }

  /**
   * Keeps the time of a server's connections from now on, unless they may wait for ever, or have another limit besides.
   *
   * @param event - tells of new connections
   */
  static watch(server: Server, event: 'connection' | 'secureConnection'): void {
    const { keepAliveTimeout, keepAliveTimeoutBuffer = ALLOWANCE, timeout } = server;
    if (keepAliveTimeout === 0 || timeout !== 0) {
      return;
    }
    const connections = new IdleConnections(keepAliveTimeout + keepAliveTimeoutBuffer);
    server.on(event, (socket: Socket) => connections.#add(socket));
    server.once('listening', () => {
      const timer = setInterval(() => connections.#look(), connections.#pause).unref();
      server.once('close', () => clearInterval(timer));
    });
  }

  #add(socket: Socket): void {
    const watched: Watched = { socket, isIdle: false, bytesRead: 0, looks: 0 };
    this.#watched.add(watched);
    socket.once('close', () => this.#watched.delete(watched));
    // By this method Node.js sets and takes back its timer. Whoever else calls it gets one of Node.js, as does the
    // connection from then on.
    socket.setTimeout = (milliseconds, callback) => {
      if (callback === undefined && (milliseconds === this.#limit || milliseconds === 0)) {
        watched.isIdle = milliseconds !== 0;
        return socket;
      }
      this.#watched.delete(watched);
      Reflect.deleteProperty(socket, 'setTimeout');
      return socket.setTimeout(milliseconds, callback);
    };
  }

  #look(): void {
    for (const watched of this.#watched) {
      const { bytesRead } = watched.socket;
      // Where something has come, the next request is on its way.
      watched.looks = watched.isIdle && watched.bytesRead === bytesRead ? watched.looks + 1 : 0;
      watched.bytesRead = bytesRead;
      if (watched.looks * this.#pause >= this.#limit) {
        watched.looks = 0;
        // Node.js listens, and destroys the socket unless somebody else does.
        watched.socket.emit('timeout');
      }
    }
  }
}
