import { ADMIN_USER } from './cluster.ts';
import type { ServerState } from './server-state.ts';

/** The role under which hosts log in to an embedded server. */
export const LOGIN_USER = 'bulkhead';
/** The database that hosts use on an embedded server. */
export const DATABASE = 'bulkhead';

/**
 * Makes the login role and the database on a server that has just been initialised. The role owns nothing and does not
 * inherit the rights of the roles that it may switch to.
 */
export async function prepareServer(port: number, state: ServerState): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: ADMIN_USER,
    password: state.adminPassword,
    database: 'postgres',
  });
  await client.connect();
  try {
    const attributes = `LOGIN NOINHERIT NOSUPERUSER NOCREATEROLE NOCREATEDB PASSWORD '${state.loginPassword}'`;
    const role = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [LOGIN_USER]);
    await client.query(`${role.rowCount ? 'ALTER' : 'CREATE'} ROLE ${LOGIN_USER} ${attributes}`);
    const database = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (!database.rowCount) {
      await client.query(`CREATE DATABASE ${DATABASE}`);
    }
  } finally {
    await client.end();
  }
}
