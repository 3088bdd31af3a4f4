import type { Client } from 'pg';
import type { PlainStatement, QueryCallback } from './connection-lease.ts';
import {
  defineFirstOfTransaction,
  type DriverQueryClass,
  type FirstOfTransactionClass,
} from './first-of-transaction.ts';
import { isOutdated, type PreparedStatements } from './prepared-statements.ts';

/** The driver, as far as it makes queries. */
export type Driver = Pick<(typeof import('pg'))['default'], 'Query'>;

/** What the types of the driver leave out. */
interface DriverInternals {
  readonly connection: {
    readonly parsedStatements: Readonly<Record<string, string>>;
    readonly stream: { destroy(): void };
  };
  getTransactionStatus(): 'I' | 'T' | 'E' | null;
}

/** What begins a transaction, as Knex says it. */
const BEGIN = /^begin\b[^;]*;?$/i;

/** One statement that may be sent along with what begins its transaction: with two in a text the server refuses it. */
const SINGLE = /^(?!\s*copy\b)[^;]*;?\s*$/i;

let FirstOfTransaction: FirstOfTransactionClass | undefined;

/**
 * Has statements run by the driver in as few round trips, and with as little work for the server, as their meaning
 * allows: what begins a transaction goes along with its first statement, and what comes again and again is prepared.
 */
export class StatementRunner {
  readonly #Query: DriverQueryClass;
  readonly #client: Client;
  readonly #internals: DriverInternals;
  /** What begins a transaction, and has not been sent. */
  #begin: string | undefined;

  constructor(driver: Driver, client: Client) {
    this.#Query = driver.Query as unknown as DriverQueryClass;
    this.#client = client;
    this.#internals = client as unknown as DriverInternals;
  }

  /** Whether a transaction is open, or about to be. */
  get inTransaction(): boolean {
    return this.#begin !== undefined || this.#internals.getTransactionStatus() !== 'I';
  }

  /**
   * @param prepared - what may be asked under a name
   * @returns whether anything goes to the server
   */
  run(statement: PlainStatement, prepared: PreparedStatements | undefined, callback: QueryCallback): boolean {
    const { text, values } = statement;
    if (BEGIN.test(text) && !this.inTransaction) {
      this.#begin = text;
      process.nextTick(callback, null, begun());
      return false;
    }
    const name = this.inTransaction ? undefined : prepared?.nameOf(text);
    if (prepared && name !== undefined) {
      this.#runPrepared(statement, { name, prepared }, callback);
    } else if (this.#begin !== undefined && SINGLE.test(text)) {
      this.#runFirst(this.#begin, statement, callback);
      this.#begin = undefined;
    } else {
      this.flush();
      // Of an object the driver makes a copy, property by property, which takes longer than the rest of what it does here.
      this.#client.query(text, values, callback);
    }
    return true;
  }

  /** Sends what begins a transaction, if it has not been sent: something else is about to follow than statements. */
  flush(): void {
    if (this.#begin !== undefined) {
      // What follows is on its way already, and must not run outside of the transaction.
      this.#client.query(this.#begin, [], (error) => void (error && this.#internals.connection.stream.destroy()));
      this.#begin = undefined;
    }
  }

  /** Forgets a transaction that the server has not heard of. Returns whether there was one. */
  abandon(): boolean {
    const isHeld = this.#begin !== undefined;
    this.#begin = undefined;
    return isHeld;
  }

  #runFirst(begin: string, { text, values }: PlainStatement, callback: QueryCallback): void {
    FirstOfTransaction ??= defineFirstOfTransaction(this.#Query);
    const query = new FirstOfTransaction(text, values, callback);
    query.begin = begin;
    // The simple protocol would answer each of the two by itself.
    query.queryMode = 'extended';
    this.#client.query(query);
  }

  #runPrepared({ text, values }: PlainStatement, { name, prepared }: Prepared, callback: QueryCallback): void {
    const wasPrepared = name in this.#internals.connection.parsedStatements;
    const query = new this.#Query(text, values, (error, result) => {
      // What failed outside of a transaction has changed nothing.
      if (wasPrepared && isOutdated(error) && !this.inTransaction) {
        prepared.forget(text);
        this.#client.query(text, values, callback);
      } else {
        callback(error, result);
      }
    });
    query.name = name;
    this.#client.query(query);
  }
}

interface Prepared {
  readonly name: string;
  readonly prepared: PreparedStatements;
}

/** What the driver says of a transaction that has begun. */
function begun(): object {
  return { command: 'BEGIN', rowCount: null, oid: null, rows: [], fields: [] };
}
