import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TestDatabase } from '@bulkhead/backend-test-utils';
import type { Knex } from 'knex';
import { startDatabase, until, type DatabaseHarness } from './database-harness.ts';

// Real servers and processes, on machines that are busy with other tests.
jest.setTimeout(60_000);

let database: TestDatabase;
let host: DatabaseHarness;
let first: Knex;
let second: Knex;
beforeAll(async () => {
  database = await TestDatabase.create();
});
afterAll(() => database.dispose());

// Nobody else is there, so the second plugin always gets the connection that the first has had.
beforeEach(async () => {
  host = startDatabase(database);
  [first, second] = (await Promise.all(['first', 'second'].map((plugin) => host.root.getClient(plugin)))) as [
    Knex,
    Knex,
  ];
});
afterEach(() => host.root.stop());

async function sameConnection(): Promise<void> {
  await until(() => host.root.pool!.free === 20);
  const pids = [];
  for (const client of [first, second]) {
    const { rows } = await client.raw('SELECT pg_backend_pid() AS pid');
    pids.push(rows[0].pid);
  }
  expect(pids[0]).toBe(pids[1]);
}

async function one<T>(client: Knex, sql: string): Promise<T> {
  const { rows } = await client.raw(sql);
  return (Object.values(rows[0]) as [T])[0];
}

describe('after a plugin that left', () => {
  afterEach(() => sameConnection());

  it('settings, the next finds the defaults', async () => {
    // The timeout comes last, since it counts for what follows in the same query.
    await first.raw(`SET search_path = pg_catalog; SET "app.secret" = 'mine'; SET statement_timeout = '1ms'`);
    expect(await one(second, 'SHOW statement_timeout')).toBe('0');
    expect(await one(second, `SELECT current_setting('app.secret', true)`)).toBeFalsy();
    expect(await one(second, 'SELECT current_schema()')).toBe(`${database.name}_plugin_second`);
  });

  it('temporary tables, the next has none', async () => {
    await first.raw('CREATE TEMP TABLE scratch (secret text)');
    await expect(second('scratch')).rejects.toMatchObject({ code: '42P01' });
  });

  it('advisory locks, the next does not hold them', async () => {
    await first.raw('SELECT pg_advisory_lock(4711)');
    const held = `SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()`;
    expect(await one(second, held)).toBe(0);
  });

  it('prepared statements, the next may use their names', async () => {
    const connection = await first.client.acquireConnection();
    await connection.query({ name: 'mine', text: 'SELECT 1 AS first' });
    await first.client.releaseConnection(connection);
    const next = await second.client.acquireConnection();
    expect((await next.query({ name: 'mine', text: 'SELECT 2 AS second' })).rows).toEqual([{ second: 2 }]);
    await second.client.releaseConnection(next);
  });

  it('a channel that it listens on, the next hears nothing', async () => {
    await first.raw('LISTEN gossip');
    expect(await one(second, 'SELECT count(*)::int FROM pg_listening_channels()')).toBe(0);
  });

  it('an open transaction, it is rolled back and the next begins afresh', async () => {
    await first.schema.createTableIfNotExists('kept', (table) => table.integer('id'));
    const connection = await first.client.acquireConnection();
    await connection.query('BEGIN');
    await connection.query('INSERT INTO kept VALUES (1)');
    await first.client.releaseConnection(connection);
    await until(() => host.root.pool!.free === 20);
    expect(await one(second, 'SELECT pg_current_xact_id_if_assigned() IS NULL')).toBe(true);
    expect(await first('kept')).toEqual([]);
    expect(host.logger.messages('warn')).toEqual([
      'The plugin "first" released a connection in a transaction; rolled back.',
    ]);
  });

  it('a failed transaction, the next begins afresh', async () => {
    const connection = await first.client.acquireConnection();
    await connection.query('BEGIN');
    await expect(connection.query('SELECT nonsense')).rejects.toMatchObject({ code: '42703' });
    await first.client.releaseConnection(connection);
    await until(() => host.root.pool!.free === 20);
    expect(await second.select(1)).toHaveLength(1);
  });

  it('a query that still runs, the next waits for its end', async () => {
    const connection = await first.client.acquireConnection();
    const running = connection.query('SELECT pg_sleep(0.05)');
    await first.client.releaseConnection(connection);
    await running;
    await until(() => host.root.pool!.free === 20);
    expect(await second.select(1)).toHaveLength(1);
  });

  it.each(['RESET ROLE', `SELECT set_config('role', 'none', false)`])(
    'its role by %s, that shows in the log',
    async (sql) => {
      await first.raw(sql);
      expect(await one(second, 'SELECT current_user')).toBe(`${database.name}_plugin_second`);
      expect(host.logger.messages('warn')).toEqual([
        `The plugin "first" left a database connection under the role "${database.name}_login"; reset.`,
      ]);
    },
  );
});

describe('a plugin', () => {
  it('that changes its settings or role finds them unchanged in its next query', async () => {
    await first.raw('RESET ROLE');
    expect(await one(first, 'SELECT current_user')).toBe(`${database.name}_plugin_first`);
    await first.raw(`SET statement_timeout = '1ms'`);
    expect(await one(first, 'SHOW statement_timeout')).toBe('0');
  });

  it('cannot do more under the role of the login than under its own', async () => {
    await first.schema.createTableIfNotExists('kept', (table) => table.integer('id'));
    const connection = await first.client.acquireConnection();
    await connection.query('RESET ROLE');
    const table = `"${database.name}_plugin_first"."kept"`;
    for (const sql of [
      `SELECT * FROM ${table}`,
      'CREATE TABLE public.mine (id int)',
      'CREATE ROLE intruder',
      'CREATE SCHEMA mine',
    ]) {
      await expect(connection.query(sql)).rejects.toMatchObject({ code: '42501' });
    }
    await first.client.destroyRawConnection(connection);
  });

  it('cannot use a connection that it has given back', async () => {
    const connection = await first.client.acquireConnection();
    await first.client.releaseConnection(connection);
    await first.client.releaseConnection(connection);
    const ended = {
      code: 'ERR_DATABASE_LEASE_ENDED',
      message: 'The plugin "first" used a database connection after it had released it.',
    };
    await second.transaction(async (trx) => {
      await expect(connection.query('SELECT 1')).rejects.toMatchObject(ended);
      await new Promise<void>((resolve) => {
        connection.query('SELECT 1', (error: unknown) => {
          expect(error).toMatchObject(ended);
          resolve();
        });
      });
      const { default: QueryStream } = await import('pg-query-stream');
      const stream = connection.query(new QueryStream('SELECT 1'));
      await expect(stream.toArray()).rejects.toMatchObject(ended);
      await connection.cancel();
      expect(await trx.select(1)).toHaveLength(1);
    });
  });
});
