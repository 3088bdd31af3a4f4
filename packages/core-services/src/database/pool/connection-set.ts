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
 * The open connections. Never more than `max`, those counted that are being opened or have not ended yet; the caller
 * takes care that no more than `max` are taken at a time.
 */
export class ConnectionSet {
  readonly #options: ConnectionSetOptions;
  /** The one that was used last comes last. */
  readonly #idle: PooledConnection[] = [];
  readonly #closing = new Set<Promise<void>>();
  #size = 0;
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
    const own = this.#idle.findLastIndex((connection) => connection.session === session);
    // The one that lies idle for longest is the least likely to be missed by the plugin that had it.
    const index = own === -1 ? this.#idle.findIndex((connection) => isAt(connection, session.place)) : own;
    if (index !== -1) {
      const [connection] = this.#idle.splice(index, 1) as [PooledConnection];
      connection.onLost = this.#options.onLost;
      return { connection, reused: true };
    }
    while (this.#size >= this.#options.max) {
      await this.#makeRoom();
    }
    return { connection: await this.#open(session.place), reused: false };
  }

  /** Takes a connection back that is at rest. */
  put(connection: PooledConnection): void {
    connection.idleSince = performance.now();
    connection.onLost = () => {
      this.#options.onLost?.();
      void this.discard(connection);
    };
    this.#idle.push(connection);
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

  async #makeRoom(): Promise<void> {
    const [longestIdle] = this.#idle;
    await (longestIdle ? this.discard(longestIdle) : Promise.race(this.#closing));
  }

  async #open(place: ConnectionPlace): Promise<PooledConnection> {
    this.#size += 1;
    try {
      const connection = await this.#options.open(place);
      connection.place = place;
      connection.onLost = this.#options.onLost;
      this.#options.onSuccess?.();
      return connection;
    } catch (error) {
      this.#size -= 1;
      this.#options.onFailure?.(error);
      throw error;
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

function isAt(connection: PooledConnection, place: ConnectionPlace): boolean {
  return connection.place?.user === place.user && connection.place.database === place.database;
}
