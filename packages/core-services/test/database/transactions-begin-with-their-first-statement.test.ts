import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TestDatabase } from '@bulkhead/backend-test-utils';
import type { Knex } from 'knex';
import { startDatabase, until, type DatabaseHarness } from './database-harness.ts';

// Real servers and processes, on machines that are busy with other tests.
jest.setTimeout(60_000);

let database: TestDatabase;
let host: DatabaseHarness;
let knex: Knex;
let observer: { query(sql: string): Promise<unknown>; release(): Promise<void> };
beforeAll(async () => {
  database = await TestDatabase.create();
});
afterAll(() => database.dispose());

beforeEach(async () => {
  host = startDatabase(database);
  // Keeps a connection for itself, so that the plugin always gets the same other one.
  observer = await (await host.root.getClient('observer')).client.acquireConnection();
  knex = await host.root.getClient('inventory');
  await knex.schema.createTable('items', (table) => table.integer('id').primary());
});
afterEach(async () => {
  await knex.schema.dropTable('items');
  await observer.release();
  await host.root.stop();
});

const ids = (): Promise<number[]> => knex('items').orderBy('id').pluck('id');

/** What the server does for the plugin. */
async function states(): Promise<string[]> {
  const sql = `RESET ROLE; SELECT state FROM pg_stat_activity WHERE application_name = 'bulkhead:inventory'`;
  const [, { rows }] = (await observer.query(sql)) as [unknown, { rows: { state: string }[] }];
  return rows.map(({ state }) => state);
}

describe('a transaction', () => {
  it('is nothing that the server hears of before its first statement', async () => {
    await knex.transaction(async (trx) => {
      expect(await states()).toEqual(['idle']);
      await trx('items').insert({ id: 1 });
      expect(await states()).toEqual(['idle in transaction']);
    });
    expect(await ids()).toEqual([1]);
  });

  it.each([
    ['a statement with values', (trx: Knex) => trx('items').insert({ id: 1 })],
    ['one without', (trx: Knex) => trx.raw('INSERT INTO items VALUES (1)')],
    ['one with a semicolon at its end', (trx: Knex) => trx.raw('INSERT INTO items VALUES (1); ')],
    ['several in one text', (trx: Knex) => trx.raw('SELECT 1; INSERT INTO items VALUES (1)')],
    ['a change of the schema', (trx: Knex) => trx.raw('CREATE TABLE one AS SELECT 1 AS id')],
    ['a function with a body', (trx: Knex) => trx.raw(`DO $$ BEGIN INSERT INTO items VALUES (1); END $$`)],
    ['another transaction', (trx: Knex) => trx.transaction((inner) => inner('items').insert({ id: 1 }))],
    ['a stream', (trx: Knex) => trx('items').stream().toArray()],
  ])('that is rolled back leaves nothing of %s that it began with', async (_, first) => {
    const failure = new Error('Not this time');
    const failing = knex.transaction(async (trx) => {
      await first(trx);
      await trx('items').insert({ id: 2 });
      throw failure;
    });
    await expect(failing).rejects.toBe(failure);
    expect(await ids()).toEqual([]);
    expect(await knex.schema.hasTable('one')).toBe(false);
  });

  it('that is committed keeps what it began with', async () => {
    await knex.transaction((trx) => trx.raw('INSERT INTO items VALUES (1); INSERT INTO items VALUES (2)'));
    await knex.transaction((trx) => trx('items').insert({ id: 3 }));
    expect(await ids()).toEqual([1, 2, 3]);
  });

  it('answers its first statement as any other', async () => {
    await knex('items').insert([{ id: 1 }, { id: 2 }]);
    await knex.transaction(async (trx) => {
      expect(await trx('items').orderBy('id')).toEqual([{ id: 1 }, { id: 2 }]);
    });
    await knex.transaction(async (trx) => {
      expect(await trx('items').update({ id: 3 }).where({ id: 2 })).toBe(1);
    });
    await knex.transaction(async (trx) => {
      const result = await trx.raw('SELECT count(*)::int AS count FROM items');
      expect(result).toMatchObject({ command: 'SELECT', rowCount: 1, rows: [{ count: 2 }] });
    });
  });

  it('has the isolation that it asked for', async () => {
    const isolation = async (trx: Knex): Promise<unknown> => (await trx.raw('SHOW transaction_isolation')).rows;
    const level = { isolationLevel: 'repeatable read', readOnly: true } as const;
    await knex
      .transaction(async (trx) => {
        expect(await isolation(trx)).toEqual([{ transaction_isolation: 'repeatable read' }]);
        await expect(trx('items').insert({ id: 1 })).rejects.toMatchObject({ code: '25006' });
      }, level)
      .catch((error: unknown) => expect(error).toMatchObject({ code: '25P02' }));
    expect(await isolation(knex)).toEqual([{ transaction_isolation: 'read committed' }]);
  });

  it('without a statement ends as it likes', async () => {
    await knex.transaction(() => Promise.resolve());
    await expect(knex.transaction(() => Promise.reject(new Error('No')))).rejects.toThrow('No');
    const trx = await knex.transaction();
    await trx.commit();
    expect(await states()).toEqual(['idle']);
    expect(host.logger.messages('warn')).toEqual([]);
  });

  it.each([
    ['is wrong', (trx: Knex) => trx.raw('SELECT nonsense'), '42703'],
    ['cannot be read', (trx: Knex) => trx.raw('SELEC'), '42601'],
    ['breaks a rule', (trx: Knex) => trx('items').insert([{ id: 1 }, { id: 1 }]), '23505'],
    ['has values that nobody can write', (trx: Knex) => trx.raw('SELECT ?', circular()), undefined],
  ])('whose first statement %s fails with its error, and can be ended', async (_, first, code) => {
    const failing = knex.transaction(async (trx) => {
      await first(trx);
    });
    const error = await failing.then(
      () => undefined,
      (reason: { code?: string }) => reason,
    );
    expect(error).toBeInstanceOf(Error);
    expect(error?.code).toBe(code);
    expect(await ids()).toEqual([]);
    expect(await states()).toEqual(['idle']);
  });

  it.each([
    ['along with a statement', { text: 'INSERT INTO items VALUES ($1)', values: [1] }, { code: '42601' }],
    ['before something else', 'INSERT INTO items VALUES (1)', { message: 'Connection terminated unexpectedly' }],
  ])('that cannot begin %s has nothing done outside of it', async (_, query, expected) => {
    const lease = await knex.client.acquireConnection();
    await knex.client.query(lease, 'BEGIN nonsense;');
    const run = (): Promise<unknown> =>
      new Promise((resolve, reject) => {
        lease.query(query, (error?: Error) => (error ? reject(error) : resolve(undefined)));
      });
    await expect(run()).rejects.toMatchObject(expected);
    await knex.client.releaseConnection(lease);
    expect(await ids()).toEqual([]);
  });

  it('is over when the connection is given back before its first statement', async () => {
    const lease = await knex.client.acquireConnection();
    await knex.client.query(lease, 'BEGIN;');
    await knex.client.releaseConnection(lease);
    await until(() => host.root.pool!.free === 19);
    await knex('items').insert({ id: 1 });
    expect(await states()).toEqual(['idle']);
    expect(host.logger.messages('warn')).toEqual([
      'The plugin "inventory" released a connection in a transaction; rolled back.',
    ]);
  });

  it('sees its statements in the order in which they were given, though nobody waits for them', async () => {
    const trx = await knex.transaction();
    await Promise.all([trx('items').insert({ id: 1 }), trx('items').update({ id: 2 })]);
    expect(await ids()).toEqual([]);
    await trx.commit();
    expect(await ids()).toEqual([2]);
  });
});

function circular(): Knex.Value[] {
  const self: Record<string, unknown> = {};
  self.self = self;
  return [self];
}
