import { AsyncResource } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import type { Client, Submittable } from 'pg';
import { leaseEnded } from '../errors.ts';

/** What a lease needs of the connection behind it. */
export interface LeasedConnection {
  readonly client: Client;
  /** Runs text with values. */
  run(statement: PlainStatement, callback: QueryCallback): void;
  /** Called before each other query. */
  noteQuery(): void;
  /** From now on, whatever the server says is said in the context of whoever has the lease. */
  followLease(): void;
  /** Interrupts the statement that runs. */
  cancel(): Promise<void>;
}

/** Takes connections back. */
export interface LeaseHolder {
  /** Called when a lease ends, more than once perhaps; with `discard` its connection is of no further use. */
  take(lease: ConnectionLease, options: { readonly discard: boolean }): Promise<void>;
}

/** Options of {@link ConnectionLease}. */
export interface ConnectionLeaseOptions {
  /** Tells the lease from every other of the pool. */
  readonly uid: string;
  /** Who holds it. */
  readonly owner: string;
  readonly connection: LeasedConnection;
  readonly context: LeaseContext;
  readonly holder: LeaseHolder;
}

/** The asynchronous context of whoever asked for a lease. */
export type LeaseContext = AsyncResource;

/** The context of the caller. */
export function createLeaseContext(): LeaseContext {
  return new AsyncResource('BulkheadConnectionLease');
}

/** What is called with the outcome of a query: an error, or what there is instead. */
export type QueryCallback = (...outcome: unknown[]) => unknown;

/** A query that is text and values and nothing else, as Knex gives it. */
export interface PlainStatement {
  readonly text: string;
  readonly values: unknown[];
}

/**
 * A connection in the hands of one plugin, for as long as it holds it. Looks like the driver's client to Knex and to
 * those who ask Knex for a raw connection, but ends with the release: whoever keeps it and goes on using it, or releases
 * it twice, cannot reach into the session of the plugin that has the connection by then.
 *
 * Emits `notification`, `notice`, `error` and `end` as the driver's client does.
 */
export class ConnectionLease extends EventEmitter {
  /** Knex names the connection by it in its events. */
  readonly __knexUid: string;
  /** Set by Knex when a query was abandoned: the connection is of no further use. */
  __knex__disposed: unknown;

  readonly #context: LeaseContext;
  readonly #owner: string;
  readonly #holder: LeaseHolder;
  #connection: LeasedConnection | undefined;

  constructor({ uid, owner, connection, context, holder }: ConnectionLeaseOptions) {
    super();
    this.__knexUid = uid;
    this.#owner = owner;
    this.#connection = connection;
    this.#context = context;
    this.#holder = holder;
  }

  /** Calls `fn` in the asynchronous context of whoever took the lease. */
  inContext<TArgs extends unknown[], TResult>(fn: (...args: TArgs) => TResult, ...args: TArgs): TResult {
    return this.#context.runInAsyncScope(fn, undefined, ...args);
  }

  /** The process id of the server's side. */
  get processID(): number | undefined {
    return (this.#connection?.client as { processID?: number } | undefined)?.processID;
  }

  /** As the driver's: returns a promise, or calls back, or runs something that can submit itself. */
  query(config: unknown, values?: unknown, callback?: unknown): unknown {
    const connection = this.#connection;
    if (connection === undefined) {
      return this.#refuse(config, values, callback);
    }
    if (typeof values === 'function' && isPlainStatement(config)) {
      return connection.run(config, this.#inContext(values) as QueryCallback);
    }
    connection.noteQuery();
    if (speaksForItself(config)) {
      connection.followLease();
    }
    const query = connection.client.query as (...args: unknown[]) => unknown;
    return query.call(connection.client, config, this.#inContext(values), this.#inContext(callback));
  }

  /** Gives the connection back. Idempotent. */
  release(): Promise<void> {
    return this.#holder.take(this, { discard: false });
  }

  /** Interrupts the statement that runs. */
  async cancel(): Promise<void> {
    await this.#connection?.cancel();
  }

  /** Closes the connection instead of giving it back. Idempotent. */
  end(callback?: (error?: unknown) => void): Promise<void> {
    const ended = this.#holder.take(this, { discard: true });
    if (callback) {
      ended.then(() => callback(), callback);
    }
    return ended;
  }

  /** Cuts the tie to the connection. */
  revoke(): void {
    this.#connection = undefined;
  }

  /** Passes an event of the connection on, if anybody listens: an unheard `error` would end the process. */
  forward(event: string, argument: unknown): void {
    if (this.listenerCount(event) > 0) {
      this.inContext(() => this.emit(event, argument));
    }
  }

  /** A callback is called once, so it costs less to bind it than all that the server says until then. */
  #inContext(argument: unknown): unknown {
    return typeof argument === 'function'
      ? (...outcome: unknown[]) => this.inContext(argument as QueryCallback, ...outcome)
      : argument;
  }

  #refuse(config: unknown, values: unknown, callback: unknown): unknown {
    const error = leaseEnded(this.#owner);
    const submittable = config as Partial<Submittable & { handleError(error: Error): void; callback: QueryCallback }>;
    const call = [callback, values, submittable.callback].find((candidate) => typeof candidate === 'function');
    if (typeof submittable.submit === 'function' && typeof submittable.handleError === 'function') {
      process.nextTick(() => submittable.handleError?.(error));
      return config;
    }
    if (call) {
      process.nextTick(call, error);
      return undefined;
    }
    return Promise.reject(error);
  }
}

/** Whether a query calls whoever made it on its own: streams and cursors do, and those that bring their callback along. */
function speaksForItself(config: unknown): boolean {
  const { submit, callback } = (config ?? {}) as { readonly submit?: unknown; readonly callback?: unknown };
  return typeof submit === 'function' || typeof callback === 'function';
}

function isPlainStatement(config: unknown): config is PlainStatement {
  const { text, values } = (config ?? {}) as { readonly text?: unknown; readonly values?: unknown };
  return typeof text === 'string' && Array.isArray(values) && Object.keys(config as object).length === 2;
}
