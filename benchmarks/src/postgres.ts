import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '@bulkhead/core-services/embedded-postgres';
import { Client } from 'pg';

/** A PostgreSQL server for one suite. */
export interface Postgres extends AsyncDisposable {
  /** The URL of a database, which is made on the first call; its user may do everything. */
  createDatabase(name: string): Promise<string>;
}

/** Starts a server on a folder of its own. */
export async function startPostgres(): Promise<Postgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bulkhead-benchmark-'));
  // For root the server runs under another account. If that could not enter, the data would lie, and stay, elsewhere.
  await chmod(dataDir, 0o755);
  const server = await EmbeddedPostgres.start({
    dataDir: join(dataDir, 'postgres'),
    fallbackRoot: tmpdir(),
    durable: false,
  });
  const { host, port, user, password, database } = server.admin;
  const urlOf = (name: string): string => `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${name}`;
  return {
    async createDatabase(name) {
      const [known] = await query(urlOf(database), `select 1 from pg_database where datname = '${name}'`);
      if (!known) await query(urlOf(database), `create database "${name}"`);
      return urlOf(name);
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** How many connections clients hold to a database, not counting the one that asks. */
export async function countConnections(databaseUrl: string): Promise<number> {
  const [row] = await query(
    databaseUrl,
    'select count(*)::int as held from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  return Number(row?.held);
}

async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
