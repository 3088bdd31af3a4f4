import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { executionContext } from '@bulkhead/backend-plugin-api';
import { TestDatabase } from '@bulkhead/backend-test-utils';
import { once } from 'node:events';
import type { Knex } from 'knex';
import { startDatabase, until } from './database-harness.ts';

// Real servers and processes, on machines that are busy with other tests.
jest.setTimeout(60_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await TestDatabase.create();
});
afterAll(() => database.dispose());

/** Connections of hosts to the database, and who has them. */
async function connections(): Promise<{ pid: number; application_name: string; state: string }[]> {
  const admin = await database.client();
  return admin('pg_stat_activity')
    .select('pid', 'application_name', 'state')
    .where({ datname: database.name })
    .andWhere('application_name', 'like', 'bulkhead:%');
}

describe('the pool of a process', () => {
  it.each(['schema', 'database'])(
    'has never more connections than allowed, with 100 plugins in a %s each',
    async (pluginDivisionMode) => {
      const plugins = Array.from({ length: pluginDivisionMode === 'schema' ? 100 : 12 }, (_, index) => `p${index}`);
      const max = pluginDivisionMode === 'schema' ? 20 : 5;
      await using host = startDatabase(database, { pluginDivisionMode, pool: { max } });
      const clients = await Promise.all(plugins.map((plugin) => host.root.getClient(plugin)));
      const admin = await database.client();
      const counting = `SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name LIKE 'bulkhead:%' AND datname LIKE ?`;
      let highest = 0;
      let done = false;
      const watching = (async () => {
        while (!done) {
          const { rows } = await admin.raw(counting, [`${database.name}%`]);
          highest = Math.max(highest, rows[0].count);
        }
      })();
      await Promise.all(clients.flatMap((client) => [1, 2, 3].map(() => client.raw('SELECT pg_sleep(0.005)'))));
      done = true;
      await watching;
      expect(highest).toBeGreaterThan(1);
      expect(highest).toBeLessThanOrEqual(max);
      expect(host.root.pool).toMatchObject({ capacity: max, free: max, owners: [] });
      expect(host.root.pool!.connections).toBeLessThanOrEqual(max);
    },
  );

  it('connects nowhere before a plugin asks', async () => {
    await using host = startDatabase(database);
    expect(host.root.pool).toBeUndefined();
    expect(host.root.status).toEqual({ healthy: true });
    expect(await connections()).toEqual([]);
  });

  it('lets one plugin take much, not what the others need', async () => {
    await using host = startDatabase(database, { pool: { max: 6, acquireTimeout: 50 } });
    const [greedy, modest] = await Promise.all(['greedy', 'modest'].map((plugin) => host.root.getClient(plugin)));
    await until(() => host.root.pool!.free === 6);
    const kept: Knex.Transaction[] = [];
    const failure = await (async () => {
      for (;;) {
        kept.push(await greedy!.transaction());
      }
    })().catch((error: unknown) => error);
    // Of 6, one is the host's share and one that of the other plugin.
    expect(kept).toHaveLength(4);
    expect(failure).toMatchObject({
      name: 'ServiceUnavailableError',
      statusCode: 503,
      code: 'ERR_DATABASE_POOL_TIMEOUT',
      message: 'The plugin "greedy" got no database connection within 50 ms. In use: greedy 4 of 6.',
    });
    expect(await modest!.select(1)).toHaveLength(1);
    await Promise.all(kept.map((trx) => trx.rollback()));
    expect(host.root.pool).toMatchObject({ free: 6 });
  });

  it('closes what nobody uses', async () => {
    await using host = startDatabase(database, { pool: { idleTimeout: 1 } });
    const client = await host.root.getClient('todo');
    await Promise.all([1, 2, 3].map(() => client.raw('SELECT pg_sleep(0.01)')));
    await until(() => host.root.pool!.connections === 0);
    await until(async () => (await connections()).length === 0);
    expect(await client.select(1)).toHaveLength(1);
  });

  it('gives a plugin the connection that it had', async () => {
    await using host = startDatabase(database);
    const [todo, notes] = await Promise.all(['todo', 'notes'].map((plugin) => host.root.getClient(plugin)));
    const pid = async (client: Knex): Promise<number> =>
      (await client.raw('SELECT pg_backend_pid() AS pid')).rows[0].pid;
    const [first, second] = await Promise.all([pid(todo!), pid(notes!)]);
    expect(first).not.toBe(second);
    expect([await pid(notes!), await pid(todo!), await pid(todo!), await pid(notes!)]).toEqual([
      second,
      first,
      first,
      second,
    ]);
    expect((await connections()).map((row) => row.application_name).sort()).toEqual([
      'bulkhead:notes',
      'bulkhead:todo',
    ]);
  });

  it('lets queries end before it closes', async () => {
    const host = startDatabase(database);
    const client = await host.root.getClient('todo');
    const last = client.raw('SELECT pg_sleep(0.1), 1 AS answer').then();
    await until(() => host.root.pool!.free < 20);
    await host.root.stop();
    await host.root.stop();
    expect((await last).rows).toMatchObject([{ answer: 1 }]);
    await expect(client.select(1)).rejects.toMatchObject({ code: 'ERR_DATABASE_CLOSED', statusCode: 503 });
    await expect(host.root.getClient('late')).rejects.toMatchObject({ code: 'ERR_DATABASE_CLOSED' });
    await until(async () => (await connections()).length === 0);
  });
});

describe('a client', () => {
  it('is a Knex for PostgreSQL', async () => {
    await using host = startDatabase(database);
    const client = await host.root.getClient('todo');
    expect(client.client.config.client).toBe('pg');
    expect(await host.root.getClient('todo')).toBe(client);
    await client.schema.createTable('streamed', (table) => table.integer('id'));
    await client.batchInsert(
      'streamed',
      Array.from({ length: 250 }, (_, id) => ({ id })),
      100,
    );
    const ids: number[] = [];
    for await (const row of client('streamed').orderBy('id').stream({ highWaterMark: 10 })) {
      ids.push(row.id);
    }
    expect(ids).toHaveLength(250);
    const nested = await client.transaction(async (trx) => {
      await trx('streamed').del();
      await trx.transaction((inner) => inner('streamed').insert({ id: 7 }));
      return trx('streamed').select('id');
    });
    expect(nested).toEqual([{ id: 7 }]);
    const rolledBack = client.transaction(async (trx) => {
      await trx('streamed').del();
      throw new TypeError('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    expect(await client('streamed').first('id')).toEqual({ id: 7 });
  });

  it('that stops reading a stream early loses nothing', async () => {
    await using host = startDatabase(database, { pool: { max: 3 } });
    const client = await host.root.getClient('todo');
    for (let round = 0; round < 5; round += 1) {
      for await (const row of client
        .select(client.raw('generate_series(1, 100000) AS n'))
        .stream({ highWaterMark: 5 })) {
        if (row.n === 3) break;
      }
    }
    expect(await client.select(1)).toHaveLength(1);
    await until(() => host.root.pool!.free === 3);
  });

  it('answers in the context of the plugin that asked, whoever opened the connection', async () => {
    await using host = startDatabase(database, { pool: { max: 2 } });
    const contexts: (string | undefined)[] = [];
    const note = (): void => void contexts.push(executionContext.current()?.pluginId);
    for (const pluginId of ['first', 'second']) {
      await executionContext.run({ pluginId }, async () => {
        const client = await host.root.getClient(pluginId);
        const stream = client.select(client.raw('generate_series(1, 3)')).stream({ highWaterMark: 1 });
        stream.on('data', note);
        await once(stream, 'close');
        const connection = await client.client.acquireConnection();
        await new Promise((resolve) => connection.query('SELECT 1', resolve)).then(note);
        connection.query('SELECT 1', note);
        await connection.query('SELECT 1');
        await client.client.releaseConnection(connection);
      });
    }
    expect(contexts).toEqual([...Array<string>(5).fill('first'), ...Array<string>(5).fill('second')]);
  });

  it('calls back in the context of whoever waited for the connection, not of whoever gave it back', async () => {
    await using host = startDatabase(database, { pool: { max: 2 } });
    const clients = await Promise.all(['first', 'second', 'third'].map((plugin) => host.root.getClient(plugin)));
    const contexts = clients.map((client, index) =>
      executionContext.run({ pluginId: `${index}` }, async () => {
        const connection = await client.client.acquireConnection();
        await new Promise((resolve) => setImmediate(resolve));
        const heard = await new Promise((resolve) =>
          connection.query('SELECT 1', () => resolve(executionContext.current()?.pluginId)),
        );
        await client.client.releaseConnection(connection);
        return heard;
      }),
    );
    expect(await Promise.all(contexts)).toEqual(['0', '1', '2']);
  });

  it('ends a query that takes too long on the server too', async () => {
    await using host = startDatabase(database);
    const client = await host.root.getClient('slow');
    const query = client.raw('SELECT pg_sleep(60)').timeout(20, { cancel: true });
    await expect(query).rejects.toThrow('timeout of 20ms exceeded');
    await until(async () => !(await connections()).some(({ state }) => state === 'active'));
  });

  it('ends a query that was given up on the server too', async () => {
    await using host = startDatabase(database);
    const client = await host.root.getClient('slow');
    await expect(client.raw('SELECT pg_sleep(60)').timeout(20)).rejects.toThrow('timeout of 20ms exceeded');
    await until(async () => !(await connections()).some(({ state }) => state === 'active'));
    expect(await client.select(1)).toHaveLength(1);
  });

  it('that its plugin destroys takes nothing from others, and the next one works', async () => {
    await using host = startDatabase(database);
    const [todo, notes] = await Promise.all(['todo', 'notes'].map((plugin) => host.root.getClient(plugin)));
    await todo!.destroy();
    await todo!.destroy();
    await expect(todo!.select(1)).rejects.toMatchObject({ code: 'ERR_DATABASE_CLOSED' });
    expect(await notes!.select(1)).toHaveLength(1);
    expect(await (await host.root.getClient('todo')).select(1)).toHaveLength(1);
  });

  it('hands out a connection to listen on', async () => {
    await using host = startDatabase(database);
    const client = await host.root.getClient('todo');
    const raw = await client.client.acquireRawConnection();
    const heard = new Promise((resolve) => raw.on('notification', resolve));
    await raw.query('LISTEN news');
    await client.raw(`SELECT pg_notify('news', 'it works')`);
    expect(await heard).toMatchObject({ channel: 'news', payload: 'it works' });
    expect(host.root.pool).toMatchObject({ free: 19 });
    await client.client.destroyRawConnection(raw);
    expect(host.root.pool).toMatchObject({ free: 20 });
  });
});
