import type { ConnectionPlace, PluginSession } from './plugin-session.ts';
import type { PooledConnection } from './pooled-connection.ts';

/** Opens a connection to a place; rejects with the driver's error. */
export type ConnectionOpener = (place: ConnectionPlace) => Promise<PooledConnection>;

/** Options of {@link ConnectionSet}. */
export interface ConnectionSetOptions {
  readonly max: number;
  readonly idleTimeout: number;
  readonly open: ConnectionOpener;
  readonly onFailure?: (error: unknown) => void;
  readonly onLost?: () => void;
  readonly onSuccess?: () => void;
}

/** A connection that was taken. */
export interface TakenConnection {
  readonly connection: PooledConnection;
  /** Whether it lay idle before, so may have died unnoticed. */
  readonly reused: boolean;
}

/**
 * Opening a connection takes the server and us as long as many a query. When a hundred plugins start at once, most are
 * served sooner by connections that come back than by ones of their own.
 */
const OPENING_AT_ONCE = 3;

interface Waiting {
  readonly place: ConnectionPlace;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The open connections. Never more than `max`, those counted that are being opened or have not ended yet; the caller
 * takes care that no more than `max` are taken at a time.
 */
export class ConnectionSet {
  readonly #options: ConnectionSetOptions;
  /** The one that was used last comes last. */
  readonly #idle: PooledConnection[] = [];
  readonly #closing = new Set<Promise<void>>();
  readonly #waiting: Waiting[] = [];
  #size = 0;
  #opening = 0;
  #sweep: NodeJS.Timeout | undefined;

  constructor(options: ConnectionSetOptions) {
    this.#options = options;
  }

  /** Connections that are open, or being opened or closed. */
  get size(): number {
    return this.#size;
  }

  /** Connections that nobody uses. */
  get idle(): number {
    return this.#idle.length;
  }

  /** A connection for the session: best the last one that it had, else anybody's to that place, else a new one. */
  async take(session: PluginSession): Promise<TakenConnection> {
    for (;;) {
      const connection = this.#takeIdle(session);
      if (connection) {
        return { connection, reused: true };
      }
      if (this.#size < this.#options.max && this.#opening < OPENING_AT_ONCE) {
        return { connection: await this.#open(session.place), reused: false };
      }
      const [longestIdle] = this.#idle;
      if (this.#size >= this.#options.max && longestIdle) {
        await this.discard(longestIdle);
      } else {
        await new Promise<void>((resolve, reject) => this.#waiting.push({ place: session.place, resolve, reject }));
      }
    }
  }

  /** One that may be used for the session at once, and stays where it is. */
  findReady(session: PluginSession): PooledConnection | undefined {
    return this.#idle.findLast((connection) => connection.isReadyFor(session));
  }

  /** Takes the one that {@link findReady} has found. */
  takeReady(connection: PooledConnection): void {
    this.#idle.splice(this.#idle.lastIndexOf(connection), 1);
  }

  /** Takes a connection back that is at rest. */
  put(connection: PooledConnection): void {
    connection.idleSince = performance.now();
    this.#idle.push(connection);
    this.#wake();
    this.#planSweep();
  }

  /** Ends a connection. */
  discard(connection: PooledConnection): Promise<void> {
    const index = this.#idle.indexOf(connection);
    if (index !== -1) {
      this.#idle.splice(index, 1);
    }
    connection.onLost = undefined;
    const closing = connection.close().finally(() => {
      this.#closing.delete(closing);
      this.#size -= 1;
      this.#wake();
    });
    this.#closing.add(closing);
    return closing;
  }

  /** Ends those that nobody uses. */
  discardIdle(): void {
    for (const connection of [...this.#idle]) {
      void this.discard(connection);
    }
  }

  /** Resolves when those that are being closed have ended. */
  async settled(): Promise<void> {
    clearTimeout(this.#sweep);
    await Promise.all(this.#closing);
  }

  #takeIdle(session: PluginSession): PooledConnection | undefined {
    const own = this.#idle.findLastIndex((connection) => connection.session === session);
    // The one that lies idle for longest is the least likely to be missed by the plugin that had it.
    const index = own === -1 ? this.#idle.findIndex(({ place }) => isSame(place, session.place)) : own;
    const [connection] = index === -1 ? [] : this.#idle.splice(index, 1);
    return connection;
  }

  async #open(place: ConnectionPlace): Promise<PooledConnection> {
    this.#size += 1;
    this.#opening += 1;
    try {
      const connection = await this.#options.open(place);
      connection.place = place;
      connection.onLost = () => this.#noteLost(connection);
      this.#options.onSuccess?.();
      return connection;
    } catch (error) {
      this.#size -= 1;
      this.#options.onFailure?.(error);
      this.#refuse(place, error);
      throw error;
    } finally {
      this.#opening -= 1;
      this.#wake();
    }
  }

  #noteLost(connection: PooledConnection): void {
    this.#options.onLost?.();
    // Whoever uses it finds out, and ends it.
    if (this.#idle.includes(connection)) {
      void this.discard(connection);
    }
  }

  /** Something has changed: those who wait look again. */
  #wake(): void {
    if (this.#waiting.length === 0) {
      return;
    }
    for (const { resolve } of this.#waiting.splice(0)) {
      resolve();
    }
  }

  /** Those who wait for the same need not find out one after the other. */
  #refuse(place: ConnectionPlace, error: unknown): void {
    for (const waiting of this.#waiting.filter((candidate) => isSame(candidate.place, place))) {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      waiting.reject(error);
    }
  }

  #planSweep(): void {
    const [longestIdle] = this.#idle;
    if (this.#sweep !== undefined || longestIdle === undefined) {
      return;
    }
    const due = longestIdle.idleSince + this.#options.idleTimeout - performance.now();
    this.#sweep = setTimeout(() => this.#closeUnused(), Math.max(due, 0));
    this.#sweep.unref();
  }

  #closeUnused(): void {
    this.#sweep = undefined;
    const limit = performance.now() - this.#options.idleTimeout;
    for (const connection of this.#idle.filter(({ idleSince }) => idleSince <= limit)) {
      void this.discard(connection);
    }
    this.#planSweep();
  }
}

function isSame(one: ConnectionPlace | undefined, other: ConnectionPlace): boolean {
  return one?.user === other.user && one.database === other.database;
}
