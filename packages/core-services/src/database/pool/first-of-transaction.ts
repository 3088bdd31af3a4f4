import type { Connection, Query } from 'pg';
import type { QueryCallback } from './connection-lease.ts';

/** What the driver's queries do that its types leave out. */
interface DriverQuery extends Query {
  name?: string;
  queryMode?: 'extended';
  prepare(connection: Connection): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
}

/** The class of the driver's queries. */
export type DriverQueryClass = new (text: string, values: unknown[], callback: QueryCallback) => DriverQuery;

/** A query that begins its transaction on the way. */
export type FirstOfTransaction = DriverQuery & {
  /** The statement that begins it. */
  begin: string;
};

/** Makes such queries. */
export type FirstOfTransactionClass = new (...query: ConstructorParameters<DriverQueryClass>) => FirstOfTransaction;

/**
 * Defines queries that send the statement that begins a transaction along with themselves, as pgjdbc does: both go to
 * the server in one packet, and it answers them together. If the first fails, the server skips the second.
 */
export function defineFirstOfTransaction(Base: DriverQueryClass): FirstOfTransactionClass {
  return class extends Base implements FirstOfTransaction {
    begin = 'BEGIN';
    #hasBegun = false;

    override prepare(connection: Connection): void {
      connection.parse({ name: '', text: this.begin, types: [] }, true);
      connection.bind({}, true);
      connection.execute({}, true);
      super.prepare(connection);
    }

    override handleCommandComplete(message: unknown, connection: Connection): void {
      if (this.#hasBegun) {
        super.handleCommandComplete(message, connection);
      }
      this.#hasBegun = true;
    }
  };
}
