import type { Client, ClientConfig, Query, QueryResult } from 'pg';
import { cancelQuery } from './cancel-query.ts';
import type { ConnectionLease, PlainStatement, QueryCallback } from './connection-lease.ts';
import { LEAVE_SQL, type ConnectionPlace, type PluginSession } from './plugin-session.ts';
import { isOutdated } from './prepared-statements.ts';

/** Statements that change what a session is, by the first word of the tag that the server completes them with. */
const TOUCHING = /^(SET|RESET|DISCARD|LISTEN|UNLISTEN|PREPARE|DECLARE)\b/;

/** How long a query that was given up may take to come to an end. */
const SETTLE_TIMEOUT = 5_000;

/** What the types of the driver leave out. */
interface DriverInternals {
  readonly connection: {
    emit(event: string, ...args: unknown[]): boolean;
    on(event: 'commandComplete', listener: (message: { text: string }) => void): void;
    once(event: 'connect', listener: () => void): void;
    parsedStatements: Record<string, unknown>;
    stream: { destroy(): void };
  };
  getTransactionStatus(): 'I' | 'T' | 'E' | null;
  readonly processID: number;
  readonly secretKey: number;
}

type Driver = (typeof import('pg'))['default'];

/** A query that the driver leaves as it is; its types leave the name out. */
type NamedQueryClass = new (text: string, values: unknown[], callback: QueryCallback) => Query & { name: string };

/** A session that its owner had left under another role than its own. */
export interface RoleEscape {
  readonly owner: string;
  readonly role: string;
}

/** What became of a connection that was given back. */
export type SettledState = 'clean' | 'rolled-back' | 'unusable';

/** A connection of the pool: the driver's client, and what is known about the state of its session. */
export class PooledConnection {
  readonly client: Client;
  /** The lease of who uses it at the moment. */
  lease: ConnectionLease | undefined;
  /** For whom the session is set up. */
  session: PluginSession | undefined;
  /** Where it leads. */
  place: ConnectionPlace | undefined;
  idleSince = 0;
  /** Called once, when the connection is lost. */
  onLost: (() => void) | undefined;

  readonly #Query: NamedQueryClass;
  readonly #internals: DriverInternals;
  readonly #config: ClientConfig;
  #lost: Error | undefined;
  #touched = false;
  #busy = false;
  #followsLease = false;
  #closed: Promise<void> | undefined;

  private constructor(driver: Driver, client: Client, config: ClientConfig) {
    this.#Query = driver.Query as unknown as NamedQueryClass;
    this.client = client;
    this.#config = config;
    this.#internals = client as unknown as DriverInternals;
    client.on('error', (error) => this.#lose(error));
    client.on('end', () => this.#lose(new Error('Connection terminated unexpectedly')));
    client.on('drain', () => (this.#busy = false));
    client.on('notification', (message) => this.lease?.forward('notification', message));
    client.on('notice', (message) => this.lease?.forward('notice', message));
    this.#internals.connection.on('commandComplete', ({ text }) => {
      this.#touched ||= TOUCHING.test(text);
    });
  }

  /**
   * Opens a connection. Rejects with the driver's error.
   *
   * @param onCall - told when the first packet is on its way to the server
   */
  static async open(config: ClientConfig, onCall?: () => void): Promise<PooledConnection> {
    const { default: pg } = await import('pg');
    const client = new pg.Client(config);
    // Errors while connecting reject connect(); an emitter without a listener would throw them again.
    client.on('error', () => undefined);
    const connected = client.connect();
    // The driver listens since `connect()`, and sends when it hears it.
    if (onCall) (client as unknown as DriverInternals).connection.once('connect', onCall);
    await connected;
    return new PooledConnection(pg, client, config);
  }

  /** Why the connection is of no use any more. */
  get lost(): Error | undefined {
    return this.#lost;
  }

  /** For {@link ConnectionLease}. */
  noteQuery(): void {
    this.#busy = true;
  }

  /**
   * For {@link ConnectionLease}. What a plugin reads again and again is prepared, outside of transactions: there, what
   * has failed can be asked again. While something is under way, nobody knows whether it begins one.
   */
  run(statement: PlainStatement, callback: QueryCallback): void {
    const isQuiet = !this.#busy && !this.#inTransaction;
    const name = isQuiet ? this.session?.statements.nameOf(statement) : undefined;
    this.noteQuery();
    if (name === undefined) {
      this.#runByText(statement, callback);
    } else {
      this.#runPrepared(name, statement, callback);
    }
  }

  /** For {@link ConnectionLease}. */
  followLease(): void {
    if (this.#followsLease) {
      return;
    }
    this.#followsLease = true;
    const { connection } = this.#internals;
    const emit = connection.emit.bind(connection);
    // The driver calls its listeners in the context of whoever opened the connection.
    connection.emit = (...message) => (this.lease ? this.lease.inContext(emit, ...message) : emit(...message));
  }

  /** For {@link ConnectionLease}. */
  cancel(): Promise<void> {
    return this.#busy ? cancelQuery(this.#config, this.#internals) : Promise.resolve();
  }

  /** Whether the session is that of a plugin as it is. */
  isReadyFor(session: PluginSession): boolean {
    return this.session === session && !this.#touched && this.#lost === undefined;
  }

  /**
   * Makes the session that of a plugin. Costs nothing if it is already, else one round trip.
   *
   * @returns what its last owner had done about the role, if anything
   */
  async enter(session: PluginSession): Promise<RoleEscape | undefined> {
    const last = this.session;
    if (this.isReadyFor(session)) {
      return undefined;
    }
    this.session = undefined;
    // The driver remembers which statements it has prepared; they are gone with the old session.
    this.#internals.connection.parsedStatements = {};
    const answer = await this.client.query(last === undefined ? session.enterSql : `${LEAVE_SQL}; ${session.enterSql}`);
    this.session = session;
    this.#touched = false;
    if (last?.role === undefined) {
      return undefined;
    }
    const [first] = answer as unknown as QueryResult<{ role: string }>[];
    const role = first?.rows[0]?.role;
    return role === undefined || role === last.role ? undefined : { owner: last.owner, role };
  }

  /** Brings a connection that was given back to rest: waits for the end of its queries, ends an open transaction. */
  async settle(): Promise<SettledState> {
    if (this.#busy && !this.#lost) {
      await this.#untilIdle();
    }
    if (this.#lost || this.#busy) {
      return 'unusable';
    }
    if (!this.#inTransaction) {
      return 'clean';
    }
    await this.client.query('ROLLBACK').catch(() => undefined);
    return !this.#inTransaction && !this.#lost ? 'rolled-back' : 'unusable';
  }

  /** Whether nothing has to be waited for before somebody else may use it. */
  get atRest(): boolean {
    return !this.#busy && !this.#lost && !this.#inTransaction;
  }

  /** Ends the connection; resolves when the server has let go of it. A query that still runs is abandoned. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  #runByText({ text, values }: PlainStatement, callback: QueryCallback): void {
    // Of an object the driver makes a copy, property by property, which takes longer than the rest of what it does here.
    this.client.query(text, values, callback);
  }

  #runPrepared(name: string, statement: PlainStatement, callback: QueryCallback): void {
    const query = new this.#Query(statement.text, statement.values, (error, result) => {
      if (isOutdated(error)) {
        this.#runByText(statement, (...outcome) => {
          const [failure] = outcome;
          if (!failure) this.session?.statements.forget(statement);
          callback(...outcome);
        });
      } else {
        callback(error, result);
      }
    });
    query.name = name;
    this.client.query(query);
  }

  get #inTransaction(): boolean {
    return this.#internals.getTransactionStatus() !== 'I';
  }

  async #close(): Promise<void> {
    const lost = this.#lost;
    this.#lost ??= new Error('Connection terminated');
    if (!lost && this.#busy) {
      // Or the server would finish it for nobody, and keep its locks meanwhile.
      await this.cancel().catch(() => undefined);
    }
    if (lost || this.#busy) {
      this.#internals.connection.stream.destroy();
    }
    await this.client.end().catch(() => undefined);
  }

  #lose(error: Error): void {
    if (this.#lost) {
      return;
    }
    this.#lost = error;
    this.lease?.forward('error', error);
    this.lease?.forward('end', undefined);
    this.onLost?.();
  }

  #untilIdle(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.client.off('drain', done);
        this.client.off('end', done);
        resolve();
      };
      const timer = setTimeout(done, SETTLE_TIMEOUT);
      timer.unref();
      this.client.on('drain', done);
      this.client.on('end', done);
    });
  }
}
