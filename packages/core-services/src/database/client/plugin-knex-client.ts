import { createRequire } from 'node:module';
import type { Knex } from 'knex';
import { toQueryError } from '../connection-failure.ts';
import { databaseClosed } from '../errors.ts';
import type { ConnectionLease } from '../pool/connection-lease.ts';
import type { ClientConnections } from './plugin-connections.ts';

/** Options of a {@link KnexFactory}. */
export interface PluginKnexOptions {
  readonly connections: ClientConnections;
  /** Whose client it is, for messages. */
  readonly owner: string;
  readonly database: string;
  /** `18.4`: spares each client the question. */
  readonly serverVersion: string;
  readonly log?: Knex.Logger;
}

/** Makes Knex clients that take their connections from a pool that is not theirs. */
export type KnexFactory = (options: PluginKnexOptions) => Knex;

/** The members of Knex's own PostgreSQL client that matter here; its types leave most of them out. */
interface PostgresClient {
  config: Knex.Config & { readonly owner?: string };
  connectionSettings: object;
  pool: ClientConnections | undefined;
  acquireConnection(): Promise<ConnectionLease>;
  releaseConnection(connection: ConnectionLease): Promise<void>;
  acquireRawConnection(): Promise<ConnectionLease>;
  destroyRawConnection(connection: ConnectionLease): Promise<void>;
  cancelQuery(connection: ConnectionLease): Promise<void>;
  query(connection: unknown, query: unknown): Promise<unknown>;
  destroy(callback?: () => void): Promise<void>;
}

type PostgresClientClass = new (config: Knex.Config) => PostgresClient;

/**
 * Loads Knex, which takes a while and is not needed by a host whose plugins store nothing.
 *
 * The clients are Knex's own for PostgreSQL in all but where connections come from. Transactions, streams, schema
 * builder and migrations work on top of that.
 */
export async function loadKnexFactory(): Promise<KnexFactory> {
  const { default: knex } = await import('knex');
  const require = createRequire(import.meta.url);
  const Client = definePluginClient(require('knex/lib/dialects/postgres/index.js') as PostgresClientClass);
  return ({ connections, owner, database, serverVersion, log }) => {
    const config = {
      client: Client as unknown as typeof Knex.Client,
      connectionPool: connections,
      version: serverVersion,
      // Values stay out of the messages of errors.
      compileSqlOnError: false,
      log,
      owner,
    };
    const instance = knex(config as Knex.Config);
    const client = instance.client as PostgresClient;
    // Plugins ask for it to find out which SQL to write.
    client.config.client = 'pg';
    client.connectionSettings = { database };
    return instance;
  };
}

// No fields: Knex makes the client of a transaction from the prototype alone.
function definePluginClient(Base: PostgresClientClass): PostgresClientClass {
  return class PluginKnexClient extends Base {
    override acquireConnection(): Promise<ConnectionLease> {
      return this.pool === undefined
        ? Promise.reject(databaseClosed(`The database client of the plugin "${this.config.owner}"`))
        : this.pool.acquire().promise;
    }

    override releaseConnection(connection: ConnectionLease): Promise<void> {
      // Without a pool the client has been destroyed while a transaction was open.
      if (this.pool === undefined) {
        return connection.release();
      }
      this.pool.release(connection);
      return Promise.resolve();
    }

    /** For those who keep a connection, to listen on it. It counts like any other. */
    override acquireRawConnection(): Promise<ConnectionLease> {
      return this.acquireConnection();
    }

    override destroyRawConnection(connection: ConnectionLease): Promise<void> {
      return connection.end();
    }

    override cancelQuery(connection: ConnectionLease): Promise<void> {
      return connection.cancel();
    }

    override query(connection: unknown, query: unknown): Promise<unknown> {
      return super.query(connection, query).catch((error: unknown) => {
        throw toQueryError(error);
      });
    }

    override async destroy(callback?: () => void): Promise<void> {
      await this.pool?.destroy();
      this.pool = undefined;
      callback?.();
    }
  };
}
