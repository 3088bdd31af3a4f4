import type { LoggerService } from '@bulkhead/backend-plugin-api';
import { failureKind } from '../connection-failure.ts';
import { databaseClosed, poolTimeout } from '../errors.ts';
import { ConnectionLease, createLeaseContext, type LeaseContext, type LeaseHolder } from './connection-lease.ts';
import { ConnectionSet, type ConnectionOpener } from './connection-set.ts';
import { FairScheduler, type FairSchedulerState } from './fair-scheduler.ts';
import type { PluginSession } from './plugin-session.ts';
import type { PooledConnection } from './pooled-connection.ts';

/** Limits of a {@link SharedPool}. */
export interface SharedPoolLimits {
  /** Connections at most, whoever uses them. */
  readonly max: number;
  /** Milliseconds to wait for a connection. */
  readonly acquireTimeout: number;
  /** Milliseconds after which an unused connection is closed. */
  readonly idleTimeout: number;
}

/** Options of {@link SharedPool}. */
export interface SharedPoolOptions extends SharedPoolLimits {
  readonly open: ConnectionOpener;
  readonly logger: LoggerService;
  /** Told of each connection that could not be made. */
  readonly onFailure?: (error: unknown) => void;
  /** Told of each connection that was lost. */
  readonly onLost?: () => void;
  /** Told of each connection that could be made. */
  readonly onSuccess?: () => void;
}

/** What the pool is doing. */
export interface SharedPoolState extends FairSchedulerState {
  /** Connections that are open, or being opened or closed. */
  readonly connections: number;
  readonly idle: number;
}

/** Nothing is left to wait for. */
const RELEASED = Promise.resolve();

/** How long {@link SharedPool.close} waits. By then plugins have ended; what they still hold they have forgotten. */
const DEFAULT_DRAIN_TIMEOUT = 1_000;

/**
 * The connections of a process, shared by its plugins. The scheduler says who may have one, the set says which.
 *
 * Connections are opened when needed and closed when unused for a while. A plugin preferably gets a connection that it
 * had before, which costs nothing; one that another plugin had is reset and switched over in one round trip.
 */
export class SharedPool {
  readonly #scheduler: FairScheduler;
  readonly #connections: ConnectionSet;
  readonly #options: SharedPoolOptions;
  readonly #leases = new Map<ConnectionLease, { connection: PooledConnection; session: PluginSession }>();
  readonly #waiting = new Set<(error: Error) => void>();
  readonly #holder: LeaseHolder = { take: (lease, options) => this.#release(lease, options) };
  #uid = 0;
  #closed: Promise<void> | undefined;
  #drained = false;
  #onLastRelease: (() => void) | undefined;

  constructor(options: SharedPoolOptions) {
    this.#options = options;
    this.#scheduler = new FairScheduler(options.max);
    this.#connections = new ConnectionSet(options);
  }

  /** Gives an owner its share from now on. */
  register(owner: string): void {
    this.#scheduler.register(owner);
  }

  /** Takes the share of an owner away. */
  unregister(owner: string): void {
    this.#scheduler.unregister(owner);
  }

  /**
   * A connection that is set up for the session, if there is one that it had before and nobody has to wait: the usual
   * case, in which nothing needs to be asked of the server.
   */
  acquireReady(session: PluginSession): ConnectionLease | undefined {
    const connection = this.#closed === undefined ? this.#connections.findReady(session) : undefined;
    if (connection === undefined || !this.#scheduler.take(session.owner)) {
      return undefined;
    }
    this.#connections.takeReady(connection);
    return this.#lend(connection, session);
  }

  /**
   * A connection that is set up for the session.
   *
   * @throws ServiceUnavailableError `ERR_DATABASE_POOL_TIMEOUT`, `ERR_DATABASE_CLOSED`
   * @throws the driver's error when no connection can be made
   */
  acquire(session: PluginSession): Promise<ConnectionLease> {
    if (this.#closed) {
      return Promise.reject(databaseClosed('The database pool'));
    }
    return this.#scheduler.take(session.owner) ? this.#useSlot(session) : this.#wait(session);
  }

  /** A snapshot for reports, health and tests. */
  state(): SharedPoolState {
    return { ...this.#scheduler.state(), connections: this.#connections.size, idle: this.#connections.idle };
  }

  /** Closes the connections that nobody uses; for when the server is known to be gone. */
  discardIdle(): void {
    this.#connections.discardIdle();
  }

  /** Ends the connections in use as well: their queries reject. */
  discardAll(): void {
    for (const lease of this.#leases.keys()) {
      void lease.end();
    }
    this.discardIdle();
  }

  /** Refuses new requests, waits for connections in use, and ends those that do not come back in time. Idempotent. */
  close(timeout: number = DEFAULT_DRAIN_TIMEOUT): Promise<void> {
    this.#closed ??= this.#drain(timeout);
    return this.#closed;
  }

  async #drain(timeout: number): Promise<void> {
    for (const refuse of this.#waiting) {
      refuse(databaseClosed('The database pool'));
    }
    this.discardIdle();
    if (this.#inUse() > 0) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#onLastRelease = resolve;
        timer = setTimeout(resolve, timeout);
      });
      clearTimeout(timer);
    }
    this.#drained = true;
    this.discardAll();
    await this.#connections.settled();
  }

  #lend(connection: PooledConnection, session: PluginSession, context = createLeaseContext()): ConnectionLease {
    const { owner } = session;
    const uid = String((this.#uid += 1));
    const lease = new ConnectionLease({ uid, owner, connection, context, holder: this.#holder });
    connection.lease = lease;
    this.#leases.set(lease, { connection, session });
    return lease;
  }

  #release(lease: ConnectionLease, { discard }: { readonly discard: boolean }): Promise<void> {
    const held = this.#leases.get(lease);
    if (held === undefined) {
      return RELEASED;
    }
    const { connection, session } = held;
    this.#leases.delete(lease);
    lease.revoke();
    connection.lease = undefined;
    if (discard || lease.__knex__disposed !== undefined || this.#closed !== undefined) {
      return this.#endUse(connection, session);
    }
    if (!connection.atRest) {
      return this.#restore(connection, session);
    }
    this.#takeBack(connection, session);
    return RELEASED;
  }

  #takeBack(connection: PooledConnection, session: PluginSession): void {
    this.#connections.put(connection);
    this.#freeSlot(session.owner);
  }

  #endUse(connection: PooledConnection, session: PluginSession): Promise<void> {
    const closing = this.#connections.discard(connection);
    this.#freeSlot(session.owner);
    return closing;
  }

  /** Turns a slot that was granted into a connection, or gives it back. */
  #useSlot(session: PluginSession, context?: LeaseContext): Promise<ConnectionLease> {
    const ready = this.#connections.findReady(session);
    if (ready) {
      this.#connections.takeReady(ready);
      return Promise.resolve(this.#lend(ready, session, context));
    }
    return this.#lendOther(session, context).catch((error: unknown) => {
      this.#freeSlot(session.owner);
      throw error;
    });
  }

  async #lendOther(session: PluginSession, context?: LeaseContext): Promise<ConnectionLease> {
    const connection = await this.#connect(session);
    if (this.#drained) {
      await this.#connections.discard(connection);
      throw databaseClosed('The database pool');
    }
    return this.#lend(connection, session, context);
  }

  #wait(session: PluginSession): Promise<ConnectionLease> {
    const { owner } = session;
    return new Promise((resolve, reject) => {
      const refuse = (error: Error): void => {
        if (this.#scheduler.cancel(ticket)) {
          finish();
          reject(error);
        }
      };
      const timeout = this.#options.acquireTimeout;
      const timer = setTimeout(() => refuse(poolTimeout(owner, timeout, this.#describeUse())), timeout);
      const finish = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(refuse);
      };
      this.#waiting.add(refuse);
      // It will be granted in the context of whoever gives a slot back, which is none of this plugin's business.
      const context = createLeaseContext();
      const ticket = this.#scheduler.request(owner, () => {
        finish();
        resolve(this.#useSlot(session, context));
      });
    });
  }

  async #connect(session: PluginSession): Promise<PooledConnection> {
    for (;;) {
      const { connection, reused } = await this.#connections.take(session);
      try {
        const escape = await connection.enter(session);
        if (escape) {
          const message = `The plugin "${escape.owner}" left a database connection under the role "${escape.role}"; reset.`;
          this.#options.logger.warn(message, { plugin: escape.owner });
        }
        return connection;
      } catch (error) {
        void this.#connections.discard(connection);
        // It may have died while nobody used it, or its last owner left it a timeout that is too short even for its end.
        if (!reused || (failureKind(error) !== 'connection' && !isCancelled(error))) {
          throw error;
        }
      }
    }
  }

  async #restore(connection: PooledConnection, session: PluginSession): Promise<void> {
    const state = await connection.settle();
    if (state === 'rolled-back') {
      this.#options.logger.warn(`The plugin "${session.owner}" released a connection in a transaction; rolled back.`, {
        plugin: session.owner,
      });
    }
    if (state === 'unusable') {
      await this.#endUse(connection, session);
    } else {
      this.#takeBack(connection, session);
    }
  }

  #freeSlot(owner: string): void {
    this.#scheduler.release(owner);
    if (this.#inUse() === 0) {
      this.#onLastRelease?.();
    }
  }

  /** Connections that somebody has, or is about to get. */
  #inUse(): number {
    return this.#options.max - this.#scheduler.free;
  }

  #describeUse(): string {
    const { capacity, owners } = this.#scheduler.state();
    const holders = owners.filter(({ held }) => held > 0).sort((one, other) => other.held - one.held);
    const list = holders.map(({ owner, held }) => `${owner} ${held}`).join(', ');
    return `${list} of ${capacity}`;
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html, query_canceled: by `statement_timeout`, for example */
function isCancelled(error: unknown): boolean {
  return (error as { readonly code?: unknown } | undefined)?.code === '57014';
}
