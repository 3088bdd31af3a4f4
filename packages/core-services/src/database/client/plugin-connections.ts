import { BulkheadError } from '@bulkhead/errors';
import { toConnectError } from '../connection-failure.ts';
import { databaseClosed, databaseUnavailable } from '../errors.ts';
import type { ConnectionLease } from '../pool/connection-lease.ts';
import type { PluginSession } from '../pool/plugin-session.ts';
import type { SharedPool } from '../pool/shared-pool.ts';

/** Gives out the connections of one Knex client. The shape is that of the pools that Knex accepts. */
export interface ClientConnections {
  acquire(): { readonly promise: Promise<ConnectionLease> };
  /** Ends the client's part in the pool, not the pool. */
  destroy(): Promise<void>;
  release(lease: ConnectionLease): boolean;
  numUsed(): number;
  numFree(): number;
  numPendingAcquires(): number;
}

/** Options of {@link PluginConnections}. */
export interface PluginConnectionsOptions {
  readonly pool: SharedPool;
  readonly session: PluginSession;
  /** `host:port`, for messages. */
  readonly address: string;
  /** Why it is of no use to ask the pool right now; `undefined`: it is. */
  readonly refusal: () => string | undefined;
  /** Called when the plugin destroys its client. */
  readonly onDestroy: () => void;
}

/** A plugin's part in the pool of the process. */
export class PluginConnections implements ClientConnections {
  readonly #pool: SharedPool;
  readonly #session: PluginSession;
  readonly #options: PluginConnectionsOptions;
  #destroyed = false;

  constructor(options: PluginConnectionsOptions) {
    this.#pool = options.pool;
    this.#session = options.session;
    this.#options = options;
    this.#pool.register(this.#session.owner);
  }

  acquire(): { readonly promise: Promise<ConnectionLease> } {
    const ready = this.#refusal() === undefined ? this.#pool.acquireReady(this.#session) : undefined;
    return { promise: ready ? Promise.resolve(ready) : this.#acquire() };
  }

  release(lease: ConnectionLease): boolean {
    void lease.release();
    return true;
  }

  destroy(): Promise<void> {
    if (!this.#destroyed) {
      this.#destroyed = true;
      this.#pool.unregister(this.#session.owner);
      this.#options.onDestroy();
    }
    return Promise.resolve();
  }

  numUsed(): number {
    return this.#own()?.held ?? 0;
  }

  numFree(): number {
    return this.#pool.state().free;
  }

  numPendingAcquires(): number {
    return this.#own()?.waiting ?? 0;
  }

  async #acquire(): Promise<ConnectionLease> {
    const refusal = this.#refusal();
    if (refusal) {
      throw refusal;
    }
    try {
      return await this.#pool.acquire(this.#session);
    } catch (error) {
      const { user, database } = this.#session.place;
      throw error instanceof BulkheadError
        ? error
        : toConnectError(error, { user, database, address: this.#options.address });
    }
  }

  /** Why there is no use in asking the pool. */
  #refusal(): Error | undefined {
    if (this.#destroyed) {
      return databaseClosed(`The database client of the plugin "${this.#session.owner}"`);
    }
    const reason = this.#options.refusal();
    return reason === undefined ? undefined : databaseUnavailable(reason);
  }

  #own(): { readonly held: number; readonly waiting: number } | undefined {
    return this.#pool.state().owners.find(({ owner }) => owner === this.#session.owner);
  }
}

/** One connection that is held by somebody else; and, while that one is busy, those of another. For migrations. */
export class PinnedConnections implements ClientConnections {
  readonly #lease: ConnectionLease;
  readonly #others: ClientConnections;
  #free = true;

  /** @param others - where more connections come from: a migration outside of a transaction may need two */
  constructor(lease: ConnectionLease, others: ClientConnections) {
    this.#lease = lease;
    this.#others = others;
  }

  acquire(): { readonly promise: Promise<ConnectionLease> } {
    if (!this.#free) {
      return this.#others.acquire();
    }
    this.#free = false;
    return { promise: Promise.resolve(this.#lease) };
  }

  release(lease: ConnectionLease): boolean {
    if (lease !== this.#lease) {
      return this.#others.release(lease);
    }
    this.#free = true;
    return true;
  }

  destroy(): Promise<void> {
    return Promise.resolve();
  }

  numUsed(): number {
    return this.#free ? 0 : 1;
  }

  numFree(): number {
    return this.#free ? 1 : 0;
  }

  numPendingAcquires(): number {
    return this.#others.numPendingAcquires();
  }
}
