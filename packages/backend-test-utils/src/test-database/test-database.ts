import { randomBytes } from 'node:crypto';
import type { JsonObject } from '@bulkhead/types';
import type { Knex } from 'knex';
import type { Client } from 'pg';
import { brokerSilent, supervisorFailed, testServerUnavailable } from './errors.ts';
import { BROKER_VARIABLE } from './test-server-broker.ts';
import { startTestServer, type SupervisorReport, type TestServer, type TestServerAddress } from './test-server.ts';

/** How to connect to a {@link TestDatabase}. */
export type TestDatabaseConnection = TestServerAddress;

/**
 * A fresh, empty PostgreSQL database on a server that all test files share.
 *
 * The server is the one of `BULKHEAD_TEST_POSTGRES_URL` if that is set; else one that jest's global setup
 * (`@bulkhead/backend-test-utils/jest/global-setup`) provides to all workers; else one of this process's own.
 *
 * @example
 * ```ts
 * const database = await TestDatabase.create();
 * afterAll(() => database.dispose());
 * const { server } = await startTestBackend({ features: [todoPlugin], config: database.config });
 * ```
 */
export class TestDatabase implements AsyncDisposable {
  /** The database's name, the same as the prefix of whatever a host makes for its plugins. */
  readonly name: string;
  /** Reaches the database as its owner, who sees what all plugins store. */
  readonly connection: TestDatabaseConnection;
  /** The same as a URL. */
  readonly url: string;
  /**
   * Configuration for a host that is to use the database. It logs in as a role of its own without rights, as with the
   * embedded server, so that what a plugin may not do in production fails in a test as well.
   */
  readonly config: JsonObject;

  readonly #server: TestServerAddress;
  #client: Promise<Knex> | undefined;
  #disposed: Promise<void> | undefined;

  private constructor(server: TestServerAddress, name: string, loginPassword: string) {
    this.#server = server;
    this.name = name;
    this.connection = { ...server, database: name };
    this.url = toUrl(this.connection);
    const login = { ...this.connection, user: loginRole(name), password: loginPassword };
    this.config = { backend: { database: { connection: login, admin: { connection: { ...this.connection } } } } };
  }

  /**
   * Makes a database.
   *
   * @throws BulkheadError `ERR_TEST_DATABASE_SERVER` when there is no server and none can be started
   */
  static async create(): Promise<TestDatabase> {
    const server = await findServer();
    const name = `bulkhead_test_${randomBytes(6).toString('hex')}`;
    const password = randomBytes(18).toString('base64url');
    await withAdmin(server, async (admin) => {
      await admin.query(`CREATE ROLE ${loginRole(name)} LOGIN NOINHERIT PASSWORD '${password}'`);
      await admin.query(`CREATE DATABASE ${name} TEMPLATE template1 ${await copyStrategy(admin)}`);
    });
    return new TestDatabase(server, name, password);
  }

  /** A client that sees the whole database. Always the same one; ends with {@link TestDatabase.dispose}. */
  client(): Promise<Knex> {
    this.#client ??= import('knex').then(({ default: knex }) =>
      knex({ client: 'pg', connection: { ...this.connection }, pool: { min: 0, max: 4 } }),
    );
    return this.#client;
  }

  /** Drops the database with all roles that were made for it, whoever is still connected. Idempotent. */
  dispose(): Promise<void> {
    this.#disposed ??= this.#drop();
    return this.#disposed;
  }

  /** For `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #drop(): Promise<void> {
    await (await this.#client)?.destroy();
    await withAdmin(this.#server, async (admin) => {
      const made = `${this.name.replaceAll('_', '\\_')}\\_%`;
      const others = await admin.query<{ datname: string }>('SELECT datname FROM pg_database WHERE datname LIKE $1', [
        made,
      ]);
      for (const name of [this.name, ...others.rows.map((row) => row.datname)]) {
        await admin.query(`DROP DATABASE IF EXISTS ${admin.escapeIdentifier(name)} WITH (FORCE)`);
      }
      const roles = await admin.query<{ rolname: string }>('SELECT rolname FROM pg_roles WHERE rolname LIKE $1', [
        made,
      ]);
      for (const { rolname } of roles.rows) {
        await admin.query(`DROP ROLE ${admin.escapeIdentifier(rolname)}`);
      }
    });
  }
}

function loginRole(database: string): string {
  return `${database}_login`;
}

/** Copying files beats copying through the log threefold, but only where nobody waits for the disk. */
async function copyStrategy(admin: Client): Promise<string> {
  const { rows } = await admin.query<{ fsync: string; version: number }>(
    `SELECT current_setting('fsync') AS fsync, current_setting('server_version_num')::int AS version`,
  );
  return rows[0]?.fsync === 'off' && rows[0].version >= 150_000 ? 'STRATEGY file_copy' : '';
}

async function withAdmin(server: TestServerAddress, fn: (admin: Client) => Promise<void>): Promise<void> {
  const { default: pg } = await import('pg');
  const admin = new pg.Client({ ...server });
  await admin.connect();
  try {
    await fn(admin);
  } finally {
    await admin.end();
  }
}

let ownServer: Promise<TestServer> | undefined;

async function findServer(): Promise<TestServerAddress> {
  const url = process.env.BULKHEAD_TEST_POSTGRES_URL;
  if (url) {
    return fromUrl(url);
  }
  const broker = process.env[BROKER_VARIABLE];
  const report = broker ? await askBroker(broker) : (await (ownServer ??= startTestServer())).report;
  if (!report.ok) {
    throw testServerUnavailable(supervisorFailed(report.code, report.message, report.hint));
  }
  return report.address;
}

async function askBroker(url: string): Promise<SupervisorReport> {
  try {
    const response = await fetch(url);
    return (await response.json()) as SupervisorReport;
  } catch (error) {
    throw testServerUnavailable(brokerSilent(url, error));
  }
}

function fromUrl(text: string): TestServerAddress {
  const url = new URL(text);
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || 'postgres',
  };
}

function toUrl({ host, port, user, password, database }: TestServerAddress): string {
  const credentials = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  return `postgresql://${credentials}@${host}:${port}/${encodeURIComponent(database)}`;
}
